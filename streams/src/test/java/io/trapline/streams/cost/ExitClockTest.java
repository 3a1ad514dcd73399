package io.trapline.streams.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.schemas.avro.ExitCostRow;
import io.trapline.streams.RunOf;
import io.trapline.streams.TraceScript;
import org.junit.jupiter.api.Test;

/** Each record of a script is 1000 ns behind the one before, {@code after} counts for the next one. */
class ExitClockTest {
    private static void check(
            TraceScript script, long time, long userspace, long halted, long preempted, long unknown) {
        ExitCostRow row = RunOf.script(script).exits().get(0);
        assertThat(row.getTime().getSum()).as("time").isEqualTo(time);
        assertThat(row.getUserspaceTime()).as("user space").isEqualTo(userspace);
        assertThat(row.getHaltedTime()).as("halted").isEqualTo(halted);
        assertThat(row.getPreemptedTime()).as("preempted").isEqualTo(preempted);
        assertThat(row.getUnknownTime()).as("unknown").isEqualTo(unknown);
    }

    private static TraceScript exit(String reason) {
        return new TraceScript().entry().exit(reason);
    }

    @Test
    void anExitThatKvmHandlesIsTheKernels() {
        check(exit("CPUID").cpuid().after(5_000).entry(), 6_000, 0, 0, 0, 0);
    }

    @Test
    void userSpaceHasItFromTheFirstExitToUserSpaceOn() {
        check(
                exit("IO_INSTRUCTION")
                        .pio(0x10, true)
                        .userspace(2)
                        .after(7_000)
                        .userspace(2)
                        .entry(),
                10_000,
                8_000,
                0,
                0,
                0);
    }

    @Test
    void whereNoWakeupIsRecordedAHaltIsHaltedAsAWholeButForUserSpace() {
        check(exit("HLT").after(50_000).entry(), 50_000, 0, 50_000, 0, 0);
        check(exit("HLT").after(20_000).userspace(4).after(3_000).entry(), 23_000, 3_000, 20_000, 0, 0);
    }

    @Test
    void aWakeupSaysHowMuchOfATurnWasHalted() {
        check(exit("HLT").after(50_000).wakeup(42_000, true).entry(), 51_000, 0, 42_000, 0, 0);
        check(exit("VMRESUME").after(50_000).wakeup(42_000, true).entry(), 51_000, 0, 42_000, 0, 0);
        check(exit("HLT").after(5_000).wakeup(42_000, true).entry(), 6_000, 0, 5_000, 0, 0);
    }

    /** User space was interrupted by nothing: KVM_RUN went on to wait. */
    @Test
    void whatKvmMeasuredIsNotUserSpaces() {
        check(exit("HLT").userspace(4).after(30_000).wakeup(25_000, true).entry(), 32_000, 6_000, 25_000, 0, 0);
    }

    @Test
    void onceWakeupsShowAHaltWithoutOneDidNotWait() {
        TraceScript script = new TraceScript()
                .entry()
                .exit("HLT")
                .after(9_000)
                .wakeup(9_000, false)
                .entry()
                .exit("HLT")
                .entry();
        check(script, 11_000, 0, 9_000, 0, 0);
    }

    @Test
    void aVmmThatHaltsItselfIsHalted() {
        check(exit("HLT").userspace(5).after(80_000).entry(), 81_000, 0, 81_000, 0, 0);
        check(exit("IO_INSTRUCTION").userspace(5).after(80_000).entry(), 81_000, 0, 80_000, 0, 0);
    }

    @Test
    void aRunnableThreadThatLosesItsCpuIsPreemptedUpToItsNextRecord() {
        check(exit("CPUID").sched("R+").after(40_000).cpuid().entry(), 42_000, 0, 0, 40_000, 0);
        check(exit("CPUID").sched("R").after(40_000).cpuid().entry(), 42_000, 0, 0, 40_000, 0);
        check(
                exit("IO_INSTRUCTION")
                        .userspace(2)
                        .sched("R+")
                        .after(40_000)
                        .fpu(true)
                        .entry(),
                43_000,
                2_000,
                0,
                40_000,
                0);
    }

    @Test
    void theSwitchThatBringsTheThreadBackEndsIt() {
        check(exit("CPUID").cpuid().sched("R+").after(40_000).schedBack().entry(), 43_000, 0, 0, 40_000, 0);
        check(
                exit("CPUID")
                        .sched("R")
                        .after(40_000)
                        .schedBack()
                        .after(3_000)
                        .cpuid()
                        .entry(),
                45_000,
                0,
                0,
                40_000,
                0);
        check(exit("EPT_VIOLATION").sched("D").after(40_000).schedBack().entry(), 42_000, 0, 0, 0, 0);
    }

    /** Only if that switch is missing. */
    @Test
    void howLongItWaitedBeforeAnEntryThatIsItsNextRecordDoesNotShow() {
        check(exit("CPUID").cpuid().sched("R+").after(40_000).entry(), 42_000, 0, 0, 0, 40_000);
        check(exit("CPUID").userspace(2).sched("R+").after(40_000).entry(), 42_000, 1_000, 0, 0, 40_000);
    }

    @Test
    void aThreadThatSleepsIsNotPreempted() {
        check(exit("EPT_VIOLATION").sched("D").after(40_000).pageFault().entry(), 42_000, 0, 0, 0, 0);
        check(
                exit("IO_INSTRUCTION")
                        .userspace(2)
                        .sched("S")
                        .after(40_000)
                        .fpu(true)
                        .entry(),
                43_000,
                42_000,
                0,
                0,
                0);
        check(exit("HLT").sched("S").after(40_000).fpu(true).entry(), 42_000, 0, 42_000, 0, 0);
    }

    @Test
    void whoPollsMayBePreemptedWhileItWaits() {
        check(
                exit("HLT")
                        .after(10_000)
                        .sched("R+")
                        .after(30_000)
                        .fpu(true)
                        .after(5_000)
                        .wakeup(42_000, false)
                        .entry(),
                46_000,
                0,
                12_000,
                30_000,
                0);
    }

    @Test
    void whatWasTakenBeforeTheHaltIsNoneOfIt() {
        check(
                exit("HLT")
                        .sched("R+")
                        .after(30_000)
                        .fpu(true)
                        .after(5_000)
                        .wakeup(20_000, false)
                        .entry(),
                37_000,
                0,
                5_000,
                30_000,
                0);
    }

    @Test
    void anExitOfL2ThatL1GetsIsNoHaltOfL1() {
        TraceScript script = new TraceScript()
                .entry()
                .exit("HLT")
                .nexit("HLT")
                .nreflect("HLT")
                .after(20_000)
                .entry();
        check(script, 22_000, 0, 0, 0, 0);
    }
}
