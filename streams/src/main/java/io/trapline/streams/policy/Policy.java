package io.trapline.streams.policy;

import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.kernel.KernelRange;
import io.trapline.streams.core.Turn;
import io.trapline.streams.core.VcpuState;
import java.util.List;
import java.util.Set;

/**
 * One rule that every trace must keep. Stateless: what it needs to remember is in the state. A comparison with an
 * unknown value is neither checked nor violated.
 */
public interface Policy {
    /**
     * What people need to know of a policy. {@code caught}: the commit or report that it would have caught;
     * {@code fixedIn}: the kernel that behaves, null where no kernel is known to misbehave.
     */
    record Description(
            String id,
            String title,
            Severity severity,
            PolicyKind.OnIsa kind,
            List<EventFamily> needs,
            String rule,
            String caught,
            String fixedIn) {
        /** What goes wrong, and for whom, where it is violated. */
        public String detects() {
            return Detects.by(id);
        }
    }

    /** What looks like a violation, and the kernels in which it is sound. */
    record Sound(String behaviour, KernelRange in) {}

    Description description();

    /** When it is asked. */
    Set<Occasion> occasions();

    /** Judges the turn, or the pairing of the record at hand, into exactly one or none of the verdict's methods. */
    void judge(Occasion occasion, VcpuState state, Turn turn, Judgement judgement);

    /** What the user must tell for it to judge anything, in a word or two; null where recordings suffice. */
    default String input() {
        return null;
    }

    /** All that its violations are sound in, for people: none where it is never sound. */
    default List<Sound> sound() {
        return List.of();
    }

    default String id() {
        return description().id();
    }
}
