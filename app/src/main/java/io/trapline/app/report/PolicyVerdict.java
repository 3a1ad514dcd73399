package io.trapline.app.report;

import io.trapline.streams.policy.Verdict;
import java.util.List;

/**
 * What a policy says of the run, with its counts.
 *
 * @param missing titles of the families it needs that were not recorded, if it therefore says nothing
 * @param recipe how to record what is missing; null where nothing is, or where no recording can have it
 * @param decidedBy the kernel version that would decide what is undecided, or null
 */
public record PolicyVerdict(
        PolicyInfo policy,
        Verdict verdict,
        long checked,
        long undecided,
        long violations,
        List<String> missing,
        String recipe,
        String decidedBy) {

    public PolicyVerdict {
        missing = List.copyOf(missing);
    }
}
