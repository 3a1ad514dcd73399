package io.trapline.schemas.table;

import static org.assertj.core.api.Assertions.assertThat;

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
}
