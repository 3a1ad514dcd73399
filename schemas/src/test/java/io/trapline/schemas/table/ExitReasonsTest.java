package io.trapline.schemas.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.schemas.kernel.KernelVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitReasonsTest {
    @ParameterizedTest
    @CsvSource({
        "1, 0, EXCEPTION_NMI",
        "1, 7, INTERRUPT_WINDOW",
        "1, 32, MSR_WRITE",
        "1, 2147483681, INVALID_STATE FAILED_VMENTRY",
        "1, 76, 0x4c",
        "1, 134217738, CPUID 0x8000000",
        "2, 124, msr",
        "2, 70, UD excp",
        "2, 1024, npf",
        "2, 4294967295, invalid_guest_state",
        "2, 145, 0x91",
        "0, 12, 0xc"
    })
    void namesAreTheKernelsAndLeadBack(int isa, long number, String name) {
        assertThat(ExitReasons.name(isa, number)).isEqualTo(name);
        assertThat(ExitReasons.number(isa, name)).isEqualTo(number);
    }

    @Test
    void olderAndOtherSpellingsAreRead() {
        assertThat(ExitReasons.number(ExitReasons.VMX, "PENDING_INTERRUPT")).isEqualTo(7);
        assertThat(ExitReasons.number(ExitReasons.SVM, "EXIT_MSR")).isEqualTo(0x7c);
        assertThat(ExitReasons.number(ExitReasons.SVM, "0xffffffff")).isEqualTo(0xffff_ffffL);
        assertThat(ExitReasons.number(ExitReasons.VMX, "NO_SUCH_REASON")).isEqualTo(-1);
        assertThat(ExitReasons.number(ExitReasons.VMX, "CPUID whatever")).isEqualTo(-1);
    }

    @Test
    void aReasonTellsItsIsa() {
        assertThat(ExitReasons.isaOf("EPT_VIOLATION")).isEqualTo(ExitReasons.VMX);
        assertThat(ExitReasons.isaOf("CPUID FAILED_VMENTRY")).isEqualTo(ExitReasons.VMX);
        assertThat(ExitReasons.isaOf("NM excp")).isEqualTo(ExitReasons.SVM);
        assertThat(ExitReasons.isaOf("EXIT_NPF")).isEqualTo(ExitReasons.SVM);
        assertThat(ExitReasons.isaOf("0x4c")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "1, NOTIFY, 6.0",
        "1, NOTIFY FAILED_VMENTRY, 6.0",
        "1, BUS_LOCK, 5.12",
        "1, MSR_READ_IMM, 6.18",
        "2, vmgexit_ap_hlt_loop, 5.11",
        "2, idle-halt, 6.15",
        "1, CPUID, ",
        "1, 0x4c, ",
        "2, NM excp, ",
        "0, 0x4c, "
    })
    void aNameTellsSinceWhenTheKernelHasIt(int isa, String printed, String since) {
        assertThat(ExitReasons.since(isa, printed)).isEqualTo(KernelVersion.of(since));
    }

    @Test
    void msrsHaveNames() {
        assertThat(Msrs.name(Msrs.IA32_XFD)).isEqualTo("IA32_XFD");
        assertThat(Msrs.name(0xdeadbeefL)).isNull();
    }
}
