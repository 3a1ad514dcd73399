package io.trapline.streams.policy;

import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.kernel.KernelRange;
import java.util.List;
import java.util.function.Supplier;

/**
 * A violation as a policy sees it. Violations of one policy and {@code cause} in a stream are one finding, so the texts
 * are asked for only once.
 *
 * @param restsOnAbsence a record that is missing is what is wrong, or could explain it
 * @param recordMissing a record that is missing is what is wrong
 * @param awaits families that must show themselves before the violation stands
 * @param provedByNowi the event that proved {@code nowi} belongs to the evidence
 * @param soundIn the kernels in which it is sound behaviour, or null
 */
public record Violation(
        String cause,
        boolean restsOnAbsence,
        boolean recordMissing,
        List<EventFamily> awaits,
        boolean provedByNowi,
        KernelRange soundIn,
        Supplier<String> expected,
        Supplier<String> observed) {

    public Violation {
        awaits = List.copyOf(awaits);
    }

    /** A record that had to be there is not: of the family that has to be recorded for it. */
    static Violation missing(String cause, EventFamily awaits, Supplier<String> expected, Supplier<String> observed) {
        return new Violation(cause, true, true, List.of(awaits), false, null, expected, observed);
    }

    /** Records do not agree with those before them: one that was lost between them could explain it. */
    static Violation contradicts(String cause, Supplier<String> expected, Supplier<String> observed) {
        return new Violation(cause, true, false, List.of(), false, null, expected, observed);
    }

    /** The record at hand is wrong, whatever else is missing. */
    static Violation wrong(String cause, Supplier<String> expected, Supplier<String> observed) {
        return new Violation(cause, false, false, List.of(), false, null, expected, observed);
    }

    Violation withNowiProof() {
        return new Violation(cause, restsOnAbsence, recordMissing, awaits, true, soundIn, expected, observed);
    }

    /** It stands only where these families are recorded. */
    Violation awaiting(EventFamily... families) {
        return new Violation(
                cause, restsOnAbsence, recordMissing, List.of(families), provedByNowi, soundIn, expected, observed);
    }

    Violation soundIn(KernelRange kernels) {
        return new Violation(cause, restsOnAbsence, recordMissing, awaits, provedByNowi, kernels, expected, observed);
    }
}
