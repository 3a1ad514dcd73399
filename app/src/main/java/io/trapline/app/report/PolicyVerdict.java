package io.trapline.app.report;

import io.trapline.schemas.kernel.KernelRange;
import io.trapline.streams.policy.Verdict;
import java.util.List;

/**
 * What a policy says of the run, with its counts.
 *
 * @param missing titles of the families it needs that were not recorded, if it therefore says nothing
 * @param recipe how to record what is missing; null where nothing is, or where no recording can have it
 * @param decidedBy the kernels that would make right what is undecided, where nothing else is missing; else null
 */
public record PolicyVerdict(
        PolicyInfo policy,
        Verdict verdict,
        long checked,
        long undecided,
        long violations,
        List<String> missing,
        String recipe,
        KernelRange decidedBy) {

    public PolicyVerdict {
        missing = List.copyOf(missing);
    }
}
