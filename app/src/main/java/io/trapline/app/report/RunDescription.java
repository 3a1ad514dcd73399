package io.trapline.app.report;

import io.trapline.schemas.kernel.KernelRange;
import java.util.List;

/**
 * Which run it is, and how much of it there is. {@code from} and {@code to} are null for a run without events.
 *
 * @param profile the kernels whose rules apply
 * @param profileFrom how the profile was found
 * @param aborted its writer died before the end
 */
public record RunDescription(
        String id,
        String source,
        KernelRange profile,
        String profileFrom,
        List<String> isa,
        long events,
        long lost,
        long unparsed,
        int vcpus,
        Long from,
        Long to,
        RunClock clock,
        boolean aborted) {

    public RunDescription {
        isa = List.copyOf(isa);
    }

    /** A place in the source as people write it: {@code file:line}. */
    public String place(long position) {
        return source + ":" + position;
    }
}
