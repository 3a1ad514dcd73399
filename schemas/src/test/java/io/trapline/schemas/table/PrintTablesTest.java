package io.trapline.schemas.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What the kernel prints for a number, and the number behind what it prints. */
class PrintTablesTest {

    @Test
    void userspaceExitsGoBothWays() {
        for (long number = 0; number <= 30; number++) {
            assertThat(UserspaceExits.number(UserspaceExits.name(number))).isEqualTo(number);
        }
        assertThat(UserspaceExits.name(9)).isEqualTo("KVM_EXIT_FAIL_ENTRY");
        assertThat(UserspaceExits.name(30)).isEqualTo("KVM_EXIT_X86_WRMSR");
    }

    @Test
    void aUserspaceExitNewerThanTheTableIsHexadecimal() {
        assertThat(UserspaceExits.name(39)).isEqualTo("0x27");
        assertThat(UserspaceExits.number("0x27")).isEqualTo(-1);
    }

    @Test
    void apicRegistersGoBothWays() {
        assertThat(ApicRegisters.name(0x380)).isEqualTo("APIC_TMICT");
        assertThat(ApicRegisters.offset("APIC_TMICT")).isEqualTo(0x380);
        assertThat(ApicRegisters.name(0x110)).isEqualTo("0x110");
        assertThat(ApicRegisters.offset("0x110")).isEqualTo(-1);
    }

    @Test
    void exceptionsGoBothWays() {
        assertThat(ExceptionVectors.name(7)).isEqualTo("#NM");
        assertThat(ExceptionVectors.vector("#NM")).isEqualTo(7);
        assertThat(ExceptionVectors.name(2)).isEqualTo("0x2");
        assertThat(ExceptionVectors.vector("0x2")).isEqualTo(-1);
    }

    @Test
    void interruptCommandsGoBothWays() {
        for (int shorthand = 0; shorthand < 4; shorthand++) {
            assertThat(InterruptCommand.shorthandNumber(InterruptCommand.shorthandName(shorthand)))
                    .isEqualTo(shorthand);
            for (int mode = 0; mode < 8; mode++) {
                assertThat(InterruptCommand.deliveryModeNumber(InterruptCommand.deliveryModeName(mode)))
                        .isEqualTo(mode);
                for (int bits = 0; bits < 8; bits++) {
                    long icr = InterruptCommand.of(
                            0xfb, mode, (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, shorthand);
                    assertThat(InterruptCommand.vector(icr)).isEqualTo(0xfb);
                    assertThat(InterruptCommand.deliveryMode(icr)).isEqualTo(mode);
                    assertThat(InterruptCommand.isLogical(icr)).isEqualTo((bits & 1) != 0);
                    assertThat(InterruptCommand.isAssert(icr)).isEqualTo((bits & 2) != 0);
                    assertThat(InterruptCommand.isLevel(icr)).isEqualTo((bits & 4) != 0);
                    assertThat(InterruptCommand.shorthand(icr)).isEqualTo(shorthand);
                }
            }
        }
        assertThat(InterruptCommand.of(80, 0, false, true, false, 0)).isEqualTo(0x4050);
        assertThat(InterruptCommand.deliveryModeNumber("fixed")).isEqualTo(-1);
        assertThatThrownBy(() -> InterruptCommand.of(256, 0, false, true, false, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void instructionModesGoBothWays() {
        assertThat(InstructionModes.name(9)).isEqualTo("prot64");
        assertThat(InstructionModes.number("prot64")).isEqualTo(9);
        assertThat(InstructionModes.number("real")).isZero();
        assertThat(InstructionModes.name(2)).isEqualTo("0x2");
        assertThat(InstructionModes.number("0x2")).isEqualTo(-1);
    }
}
