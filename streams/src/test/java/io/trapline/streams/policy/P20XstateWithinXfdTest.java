package io.trapline.streams.policy;

import static io.trapline.streams.TraceScript.XTILE;
import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.streams.RunOf;
import io.trapline.streams.TraceScript;
import org.junit.jupiter.api.Test;

class P20XstateWithinXfdTest {
    private static final long TILES = 0x60200;
    private static final long NO_TILES = 0x20200;
    private static final long HOSTS = 0x2a2;

    /** An exit to user space with its two swaps, as the recordings have it: each before its kvm_fpu. */
    private static TraceScript swaps(TraceScript script, long guests) {
        return script.xstate("regs_activated", HOSTS)
                .fpu(false)
                .userspace(2)
                .xstate("regs_activated", guests)
                .fpu(true);
    }

    private static TraceScript armedAtIo() {
        return new TraceScript()
                .fpu(true)
                .armed()
                .exit("IO_INSTRUCTION")
                .r(0x1c4, XTILE)
                .pio(16, true);
    }

    @Test
    void theGuestsStateWithoutTilesConformsWhileXfdIsSet() {
        RunOf run = RunOf.script(swaps(armedAtIo(), NO_TILES).entry());

        assertThat(run.counts("P20").getChecked()).isEqualTo(1);
        assertThat(run.findings("P20")).isEmpty();
    }

    @Test
    void savedTilesOfAThreadThatIsSwitchedOutAreCaught() {
        RunOf run = RunOf.script(armedAtIo()
                .xstate("regs_deactivated", TILES)
                .xstate("regs_activated", NO_TILES)
                .entry());

        assertThat(run.findings("P20")).extracting(row -> row.getCause()).containsExactly("tile data");
    }

    @Test
    void theHostsOwnTilesAreNotTheGuests() {
        RunOf run = RunOf.script(armedAtIo()
                .xstate("regs_activated", TILES)
                .fpu(false)
                .xstate("regs_deactivated", TILES)
                .xstate("regs_activated", TILES)
                .xstate("regs_activated", NO_TILES)
                .fpu(true)
                .entry());

        assertThat(run.findings("P20")).isEmpty();
        assertThat(run.counts("P20").getUndecided()).isZero();
    }

    @Test
    void tilesAreRightWhileXfdIsNotSet() {
        TraceScript script =
                new TraceScript().fpu(true).armed().exit("IO_INSTRUCTION").r(0x1c4, 0);

        RunOf run = RunOf.script(swaps(script, TILES).entry());

        assertThat(run.verdict("P20")).isEqualTo(Verdict.NOT_APPLICABLE);
    }

    @Test
    void userSpaceMayHaveChangedXfdUnlessTheSwapWritesIt() {
        TraceScript written = armedAtIo()
                .xstate("regs_activated", HOSTS)
                .fpu(false)
                .userspace(2)
                .w(0x1c4, XTILE)
                .xstate("regs_activated", TILES)
                .fpu(true)
                .entry();

        assertThat(RunOf.script(swaps(armedAtIo(), TILES).entry()).verdict("P20"))
                .isEqualTo(Verdict.UNDECIDED);
        assertThat(RunOf.script(written).verdict("P20")).isEqualTo(Verdict.VIOLATED);
    }

    private static TraceScript emulatedWriteOverSavedTiles() {
        return new TraceScript()
                .fpu(true)
                .armed()
                .exit("MSR_WRITE")
                .r(0x1c4, 0)
                .nexit("MSR_WRITE")
                .xstate("after_save", 0x602e7)
                .g(0x1c4, XTILE);
    }

    @Test
    void anEntryOverSavedTilesWithNothingShownIsCaughtBeforeTheWriteClearsThem() {
        TraceScript script = emulatedWriteOverSavedTiles().entry();

        assertThat(RunOf.script(run -> run.setKernelTo("6.13"), script).findings("P20"))
                .extracting(row -> row.getCause())
                .containsExactly("entered");
        assertThat(RunOf.script(script).verdict("P20")).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void whatIsRestoredThenShowsWhetherTheWriteClearedThem() {
        RunOf cleared = RunOf.script(
                emulatedWriteOverSavedTiles().xstate("regs_activated", 0x202e7).entry());
        RunOf kept = RunOf.script(
                emulatedWriteOverSavedTiles().xstate("regs_activated", 0x602e7).entry());

        assertThat(cleared.verdict("P20")).isEqualTo(Verdict.CONFORMS);
        assertThat(kept.findings("P20")).extracting(row -> row.getCause()).containsExactly("tile data");
    }

    @Test
    void forksAndTheStateBeforeASaveShowNothing() {
        RunOf run = RunOf.script(armedAtIo()
                .xstate("before_save", TILES)
                .xstate("copy_dst", TILES)
                .entry());

        assertThat(run.verdict("P20")).isEqualTo(Verdict.NOT_APPLICABLE);
    }
}
