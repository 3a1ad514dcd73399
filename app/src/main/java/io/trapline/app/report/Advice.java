package io.trapline.app.report;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;

/**
 * Why exits for one reason are taken, and what would spare them.
 *
 * @param details those that it holds for, the dearest first; one may be empty
 * @param time of all of them, in units of the run's clock
 * @param all the time of all exits that are a cost, in the same units
 * @param source where it can be read up
 * @param strategy the variant of KVM that would spare them; null where something else would
 * @param saving what the variant saves, in cycles; null without one: then it is at most the time
 */
record Advice(
        String level,
        String isa,
        String reason,
        List<String> details,
        BigInteger time,
        BigInteger all,
        String why,
        String instead,
        String source,
        String strategy,
        CycleRange saving) {

    Advice {
        details = List.copyOf(details);
    }

    /** Whether the other one says the same, of other details. */
    boolean saysSame(Advice other) {
        return level.equals(other.level)
                && isa.equals(other.isa)
                && reason.equals(other.reason)
                && why.equals(other.why)
                && instead.equals(other.instead);
    }

    /** Both in one, where they say the same. */
    Advice plus(Advice other) {
        List<String> both = Stream.concat(details.stream(), other.details.stream())
                .distinct()
                .toList();
        return new Advice(level, isa, reason, both, time.add(other.time), all, why, instead, source, strategy, saving);
    }

    /** {@code 67.8}. */
    String percent() {
        return HumanFigures.percent(time, all);
    }
}
