package io.trapline.app.diff;

import io.trapline.schemas.event.EventFamily;
import io.trapline.streams.core.Turn;
import io.trapline.streams.core.VcpuState;
import java.util.List;
import java.util.function.ToIntBiFunction;

/** One of the things that a hypervisor decides in an exit, and that records show; all of an exit fit into a long. */
enum Aspect {
    PATH(
            EventFamily.GUEST_MSR,
            (turn, state) -> turn.path().ordinal(),
            "an unknown path",
            "the fast path",
            "the slow path"),
    USERSPACE(
            EventFamily.USERSPACE,
            (turn, state) -> turn.userspace() ? 1 : 0,
            "stays in the kernel",
            "goes to user space"),
    REFUSAL(
            EventFamily.GUEST_MSR,
            (turn, state) -> turn.msrAccesses() == 1 && state.msrAccess().failed() ? 1 : 0,
            "the access is let through",
            "the access is refused"),
    SYNC(
            EventFamily.HOST_READ_XFD,
            (turn, state) -> turn.synced() ? 1 : turn.syncedLate() ? 2 : 0,
            "no sync of XFD",
            "XFD synced",
            "XFD synced with IRQs on"),
    CAPTURE(
            EventFamily.HOST_READ_XFD,
            (turn, state) -> !turn.captured() ? 0 : turn.capturedLate() ? 2 : 1,
            "no capture of XFD_ERR",
            "XFD_ERR captured",
            "XFD_ERR captured with IRQs on"),
    ORDER(
            EventFamily.HOST_READ_XFD,
            (turn, state) -> turn.captured() && turn.capturedBeforeSync() && turn.synced() ? 1 : 0,
            "capture after sync",
            "capture before sync"),
    CLEAR(
            EventFamily.HOST_WRITE_XFD,
            (turn, state) -> turn.cleared() ? 1 : turn.clearedLate() ? 2 : 0,
            "XFD_ERR not cleared",
            "XFD_ERR cleared",
            "XFD_ERR cleared with IRQs on"),
    RESTORE(
            EventFamily.HOST_WRITE_XFD,
            (turn, state) -> turn.restored() ? 1 : 0,
            "XFD_ERR not restored",
            "XFD_ERR restored"),
    REFLECTION(
            EventFamily.NESTED_REFLECTED,
            (turn, state) -> turn.nestedReflected() ? 1 : 0,
            "handled by L0",
            "reflected to L1"),
    NESTED_ENTRY(
            EventFamily.NESTED_ENTRY, (turn, state) -> turn.nestedEntry() ? 1 : 0, "no entry into L2", "L2 entered"),
    /** The number of #NM announced: none, one, more. */
    NM(
            EventFamily.INJECTION,
            (turn, state) -> Math.min(turn.injection().nms() + turn.injection().nmsElsewhere(), 2),
            "no #NM injected",
            "#NM injected",
            "#NM injected twice"),
    /** The vector of the announced exception, plus one; the last of all, as it takes the bits that are left. */
    EXCEPTION(EventFamily.INJECTION, (turn, state) -> exception(turn), "no exception injected");

    private static final int BITS = 4;
    private static final long MASK = (1 << BITS) - 1;

    private final EventFamily needs;
    private final ToIntBiFunction<Turn, VcpuState> value;
    private final List<String> words;

    Aspect(EventFamily needs, ToIntBiFunction<Turn, VcpuState> value, String... words) {
        this.needs = needs;
        this.value = value;
        this.words = List.of(words);
    }

    private static int exception(Turn turn) {
        boolean given = turn.injection().announced() && !turn.injection().interrupt();
        return given ? turn.injection().vector() + 1 : 0;
    }

    /** Whether it follows from the value that the guest writes. */
    boolean isByValue() {
        return this == REFUSAL || this == EXCEPTION;
    }

    /** What must be recorded for it to be seen. */
    EventFamily needs() {
        return needs;
    }

    /** All aspects of an exit whose turn ends. */
    static long of(Turn turn, VcpuState state) {
        long all = 0;
        for (Aspect aspect : values()) {
            all |= (long) aspect.value.applyAsInt(turn, state) << aspect.ordinal() * BITS;
        }
        return all;
    }

    private long in(long all) {
        long behind = all >>> ordinal() * BITS;
        return this == EXCEPTION ? behind : behind & MASK;
    }

    /** Whether two exits agree in it. */
    boolean agrees(long one, long other) {
        return in(one) == in(other);
    }

    /** How it was decided, for people. */
    String said(long all) {
        long decided = in(all);
        return this == EXCEPTION && decided > 0 ? "exception " + (decided - 1) + " injected" : words.get((int) decided);
    }
}
