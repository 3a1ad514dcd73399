package io.trapline.streams.core;

import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.event.EventView;

/**
 * Whoever judges or counts while the replay steps. It is told of occasions, not of every event: most events of a turn
 * are no occasion for anyone. State and turn are shown as they are before the event takes effect, hold what the turn has
 * gathered, and are not to be changed.
 */
public interface Observer {
    /** An entry ends the turn; path and level of its exit are decided. */
    void turnEnded(VcpuState state, Turn turn, EventView entry);

    /**
     * The turn never gets its entry: another exit came, or the stream ended, or ({@code lost}) events are missing and
     * nothing can be said of the turn.
     */
    void turnBroken(VcpuState state, Turn turn, boolean lost);

    /** An entry after an exit, or an exit after an entry. */
    void paired(VcpuState state);

    /** An entry after an entry. */
    void entryAfterEntry(VcpuState state, EventView entry);

    /** An exit after an exit. */
    void exitAfterExit(VcpuState state, EventView exit);

    /** An entry, whatever was before it. */
    void entered(VcpuState state, EventView entry);

    /** L1 enters L2. */
    void nestedEntry(VcpuState state);

    /** L2 exits. */
    void nestedExit(VcpuState state);

    /** L1 gets an exit of L2. */
    void nestedReflection(VcpuState state);

    /** The guest's FPU state is loaded, or put away. */
    void fpuSwitched(VcpuState state, boolean load);

    /** KVM emulated an access of the guest to an MSR. */
    void guestMsrAccess(VcpuState state, EventView event);

    /** A thread read IA32_XFD of a CPU whose value an earlier record shows. */
    void hostXfdRead(VcpuState state, EventView event);

    /** It is known whose FPU state an x86_fpu event showed, or should have. */
    void guestXstateShown(VcpuState state);

    /** A family of events shows itself for the first time. */
    void familyShown(EventFamily family);

    /** An event proves that a family which has not shown itself was not recorded up to here. */
    void familyDisproved(EventFamily family);

    /** An event that only an emulator has: what a guest did without an exit, or KVM without a record. */
    void groundTruth(VcpuState state, EventView event);

    /** The event proves that {@code nowi} is set. */
    void nowiProved(EventView event);
}
