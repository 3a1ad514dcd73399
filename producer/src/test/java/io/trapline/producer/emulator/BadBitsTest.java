package io.trapline.producer.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The scenario of recording s3-bad-bits: values that XFD and XFD_ERR do not take. */
class BadBitsTest {
    @Test
    void badValuesAreRefusedByTheHypervisorAndAfterArmingByTheCpu() {
        EventLog log = new EventLog();
        EmulatorOptions options = EmulatorOptions.ofSeed(1).withGuestInstructions(1);

        new Emulator(options).run(log, new BadBits(), 16);

        assertThat(log.texts())
                .containsSubsequence(
                        "d exit 32",
                        ". g w 1c4=20000 #GP",
                        ". inj 13",
                        "d entry", // R3
                        "d exit 32",
                        ". g w 1c5=20000 #GP",
                        ". inj 13",
                        "d entry", // R10
                        "d exit 32",
                        ". g w 1c4=0",
                        "d entry", // R5: no record of the host, still intercepted
                        "d exit 31",
                        ". g r 1c4=0",
                        "d entry", // R8
                        "d exit 32",
                        ". g w 1c5=40000",
                        "d w 1c5=40000",
                        "d entry", // R10, R14
                        "d passed r 1c5=40000", // R9
                        "d exit 32",
                        "d w 1c5=0",
                        "b w 1c4=40000",
                        ". g w 1c4=40000",
                        "d w 1c5=40000",
                        "d entry",
                        "d passed w 1c4=40004",
                        "d fault 13",
                        "d passed r 1c4=40000");
        assertThat(log.texts()).contains(". eb 60042", ". eb 600c2", ". intercept 1c5 r 0");
    }

    private static final class BadBits implements GuestProgram {
        @Override
        public void boot(GuestCpu cpu) {
            cpu.writeMsr(Msr.XFD, 0x20000);
            cpu.writeMsr(Msr.XFD_ERR, 0x20000);
            cpu.writeMsr(Msr.XFD, 0);
            assertThat(cpu.readMsr(Msr.XFD)).isZero();
            cpu.writeMsr(Msr.XFD_ERR, 0x40000);
            assertThat(cpu.readMsr(Msr.XFD_ERR)).isEqualTo(0x40000);
            cpu.writeMsr(Msr.XFD, 0x40000);
            cpu.writeMsr(Msr.XFD, 0x40004);
            assertThat(cpu.readMsr(Msr.XFD)).isEqualTo(0x40000);
        }

        @Override
        public void step(GuestCpu cpu) {
            throw new AssertionError("the limit was reached in boot");
        }

        @Override
        public void shutDown(GuestCpu cpu) {
            cpu.out(Vmm.POWER_PORT, 1, 0);
        }

        @Override
        public void exception(GuestCpu cpu, int vector) {
            assertThat(List.of(Vector.GP)).contains(vector);
        }

        @Override
        public void interrupt(GuestCpu cpu, int vector) {
            throw new AssertionError("interrupts are off");
        }

        @Override
        public GuestReport report(long instructions) {
            return new GuestReport(instructions, 0, 0, 0, 0, 0, 0);
        }
    }
}
