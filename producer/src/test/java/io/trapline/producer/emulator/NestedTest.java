package io.trapline.producer.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A guest of a guest")
class NestedTest {
    /** R30, as {@code bochs-amx/linux-guest-linux-6.1/q3} has it; L1's own DEBUGCTL read before each VMRESUME included. */
    @Test
    void firstUseOfAmxInL2TakesTheExitsThatARealKernelTakes() {
        EventLog log = new EventLog();
        new Emulator(EmulatorOptions.ofSeed(1)
                        .withScenario(Scenario.NESTED)
                        .withEvents(20_000)
                        .withoutGroundTruth())
                .run(log);

        List<String> turns = turns(log);

        assertThat(turns)
                .containsSubsequence(
                        "d exit 0 NM;d r 1c4=40000;d r 1c5=40000;d w 1c5=0;. nexit 0;. nreflect 0 NM;d w 1c5=40000;d entry",
                        "d exit 32;d r 1c4=40000;d w 1c5=0;. g w 1c5=0;d entry",
                        "d exit 32;d r 1c4=40000;. g w 1c5=40000;d w 1c5=40000;d entry",
                        "d exit 31;d r 1c4=40000;d w 1c5=0;. g r 1d9=0;d w 1c5=40000;d entry",
                        "d exit 24;d r 1c4=40000;d w 1c5=0;. nenter NM;d w 1c5=40000;d entry",
                        "d exit 31;d r 1c4=40000;d w 1c5=0;. nexit 31;. g r 1c5=40000;d w 1c5=40000;d entry",
                        "d exit 32;d r 1c4=40000;d w 1c5=0;. nexit 32;. nreflect 32;d w 1c5=40000;d entry",
                        "d exit 32;d r 1c4=40000;d w 1c5=0;. g w 1c5=0;d entry",
                        "d exit 31;d r 1c4=40000;. g r 1d9=0;d entry",
                        "d exit 24;d r 1c4=40000;. nenter;d entry",
                        "d exit 32;d r 1c4=40000;. nexit 32;b w 1c4=0;. g w 1c4=0;d entry");
    }

    @Test
    void whatL1DoesNotInterceptGoesBackToL2() {
        EventLog log = new EventLog();
        new Emulator(EmulatorOptions.ofSeed(1)
                        .withScenario(Scenario.NESTED_WITHOUT_NM)
                        .withEvents(20_000)
                        .withoutGroundTruth())
                .run(log);

        assertThat(turns(log))
                .contains(
                        "d exit 0 NM;d r 1c4=40000;d r 1c5=40000;d w 1c5=0;. nexit 0;. inj 7;d w 1c5=40000;d entry",
                        "d exit 32;d r 1c4=40000;d w 1c5=0;. nexit 32;. g w 1c5=0;d entry");
        assertThat(log.texts()).noneMatch(text -> text.startsWith(". nreflect 0"));
    }

    @Test
    void xfdOfL2AlwaysExitsHoweverOpenL1Is() {
        EventLog log = new EventLog();
        new Emulator(EmulatorOptions.ofSeed(1).withScenario(Scenario.NESTED).withEvents(20_000)).run(log);
        boolean l2 = false;
        for (String text : log.texts()) {
            if (text.startsWith(". nenter")) {
                l2 = true;
            } else if (text.startsWith(". nreflect")) {
                l2 = false;
            }
            assertThat(l2 && text.contains("passed") && text.contains(" 1c"))
                    .as(text)
                    .isFalse();
        }
    }

    @Test
    void aPassThroughOfL2IsOneOfL0AndOfL1() {
        EventLog log = new EventLog();
        new Emulator(EmulatorOptions.ofSeed(1).withScenario(Scenario.NESTED).withEvents(20_000)).run(log);
        List<String> texts = log.texts();

        // L1 lets L2 have SPEC_CTRL at once, L0 after the first value other than 0.
        assertThat(texts)
                .containsSubsequence(
                        ". intercept 12: 48 w 0",
                        ". intercept 2: 48 w 1",
                        ". intercept 48 w 0",
                        ". intercept 2: 48 w 0");
        int opened = texts.indexOf(". intercept 2: 48 w 0");
        assertThat(texts.subList(0, opened)).noneMatch(text -> text.startsWith("d passed w 48"));
        assertThat(texts.subList(opened, texts.size())).anyMatch(text -> text.startsWith("d passed w 48"));
    }

    @Test
    void svmTellsInterceptsAndEmulatesWithIrqsOn() {
        NestedControls controls = new NestedControls(0x1137e000).intercept(Vector.NM, true);
        L1Hypervisor l1 = new L1Hypervisor() {
            @Override
            public void entering(GuestCpu cpu, NestedControls of) {
                cpu.compute();
            }

            @Override
            public long exited(GuestCpu cpu, NestedControls of, NestedExit exit) {
                cpu.enableInterrupts();
                if (exit.reason() == 0x47) {
                    of.inject(Vector.NM);
                }
                return 0;
            }
        };
        EventLog log = new EventLog();
        HostSetup host = new HostSetup(
                Isa.SVM,
                1,
                false,
                List.of(VmSetup.of("1", 1, vcpu -> new OneNestedRun(new NestedGuest(controls, new LazyL2(), l1)))
                        .withoutXfd()));
        new Emulator(EmulatorOptions.ofSeed(1).withGuestInstructions(20), new Subject("svm-nested", "", host)).run(log);

        assertThat(String.join(";", log.texts()))
                .contains(
                        ". exit 128;. nenter;. nintercepts;",
                        ". exit 71;. nexit 71;. nreflect 71;d entry",
                        ". exit 114;. nexit 114;. nreflect 114;d entry",
                        ". exit 120;. nexit 120;. nreflect 120;d entry");
    }

    private static List<String> turns(EventLog log) {
        return Arrays.asList(String.join(";", log.texts()).split(";(?=d exit)"));
    }

    /** Runs its guest in each step. */
    private record OneNestedRun(NestedGuest guest) implements GuestProgram {
        @Override
        public void boot(GuestCpu cpu) {
            cpu.compute();
        }

        @Override
        public void step(GuestCpu cpu) {
            cpu.runNested(guest, 2);
        }

        @Override
        public void shutDown(GuestCpu cpu) {
            cpu.out(Vmm.POWER_PORT, 1, 0);
        }

        @Override
        public void exception(GuestCpu cpu, int vector) {
            throw new AssertionError("L1 does nothing that raises " + vector);
        }

        @Override
        public void interrupt(GuestCpu cpu, int vector) {
            throw new AssertionError("L1 has no timer");
        }

        @Override
        public GuestReport report(long instructions) {
            return GuestReport.NOTHING;
        }
    }

    /** Uses the FPU lazily. */
    private static final class LazyL2 implements GuestProgram {
        @Override
        public void boot(GuestCpu cpu) {
            cpu.cpuid(1, 0);
        }

        @Override
        public void step(GuestCpu cpu) {
            cpu.writeCr0(cpu.cr0() | 8);
            cpu.useFpu();
        }

        @Override
        public void shutDown(GuestCpu cpu) {
            throw new AssertionError("L1 powers off");
        }

        @Override
        public void exception(GuestCpu cpu, int vector) {
            assertThat(vector).isEqualTo(Vector.NM);
            cpu.writeCr0(cpu.cr0() & ~8L);
        }

        @Override
        public void interrupt(GuestCpu cpu, int vector) {
            throw new AssertionError("L2 has no timer");
        }

        @Override
        public GuestReport report(long instructions) {
            return GuestReport.NOTHING;
        }
    }
}
