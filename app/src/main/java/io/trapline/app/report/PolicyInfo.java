package io.trapline.app.report;

import java.util.Comparator;
import java.util.List;

/**
 * What a report says of a policy besides its verdict.
 *
 * @param severity LOST, WRONG, SECURITY, TRACE or PERF
 * @param kind {@code trace}, {@code hint} or {@code model}
 * @param onThisIsa whether it has anything to judge on the ISA of the run
 * @param needs titles of the families of events it judges by
 * @param caught the commit or report that it would have caught, or null
 * @param fixedIn the kernel that behaves, or null
 * @param input what the user must tell for it to judge anything, or null
 */
public record PolicyInfo(
        String id,
        String title,
        String severity,
        String kind,
        boolean onThisIsa,
        List<String> needs,
        String caught,
        String fixedIn,
        String input) {

    /** P8 before P10. */
    static final Comparator<PolicyInfo> ORDER =
            Comparator.comparingInt((PolicyInfo policy) -> policy.id.length()).thenComparing(PolicyInfo::id);

    public PolicyInfo {
        needs = List.copyOf(needs);
    }
}
