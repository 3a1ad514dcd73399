package io.trapline.streams.policy;

import io.trapline.schemas.event.EventFamily;
import java.util.function.Supplier;

/**
 * A violation as a policy sees it. Violations of one policy and {@code cause} in a stream are one finding, so the texts
 * are asked for only once.
 *
 * @param restsOnAbsence it consists of a missing record of the family {@code awaits}
 * @param provedByNowi the event that proved {@code nowi} belongs to the evidence
 * @param legalUpTo the last kernel in which it is sound behaviour, or null
 */
public record Violation(
        String cause,
        boolean restsOnAbsence,
        EventFamily awaits,
        boolean provedByNowi,
        String legalUpTo,
        Supplier<String> expected,
        Supplier<String> observed) {

    /** A record that had to be there is not. */
    static Violation missing(String cause, EventFamily awaits, Supplier<String> expected, Supplier<String> observed) {
        return new Violation(cause, true, awaits, false, null, expected, observed);
    }

    /** A record that is there is wrong. */
    static Violation wrong(String cause, Supplier<String> expected, Supplier<String> observed) {
        return new Violation(cause, false, null, false, null, expected, observed);
    }

    Violation withNowiProof() {
        return new Violation(cause, restsOnAbsence, awaits, true, legalUpTo, expected, observed);
    }

    Violation legalUpTo(String kernel) {
        return new Violation(cause, restsOnAbsence, awaits, provedByNowi, kernel, expected, observed);
    }
}
