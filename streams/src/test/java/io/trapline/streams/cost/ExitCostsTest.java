package io.trapline.streams.cost;

import static io.trapline.streams.TraceScript.XTILE;
import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.schemas.avro.ExitCostRow;
import io.trapline.schemas.table.ExitReasons;
import io.trapline.streams.RunOf;
import io.trapline.streams.TraceScript;
import org.junit.jupiter.api.Test;

class ExitCostsTest {
    private static final int CPUID = 10;
    private static final int IO = 30;

    @Test
    void anExitCostsTheTimeToTheNextEntry() {
        RunOf run = RunOf.script(new TraceScript()
                .entry()
                .exit("CPUID")
                .cpuid()
                .after(5_000)
                .entry()
                .exit("CPUID")
                .after(7_000)
                .entry());

        ExitCostRow row = run.exit("L1", CPUID, "");
        assertThat(row.getTime().getSamples()).isEqualTo(2);
        assertThat(row.getTime().getSum()).isEqualTo(6_000 + 7_000);
        assertThat(row.getOpen()).isZero();
    }

    @Test
    void anExitWithoutEntryIsOpen() {
        RunOf run = RunOf.script(new TraceScript()
                .entry()
                .exit("CPUID")
                .exit("CPUID")
                .gap()
                .exit("CPUID")
                .entry()
                .exit("CPUID"));

        ExitCostRow row = run.exit("L1", CPUID, "");
        assertThat(row.getTime().getSamples()).isEqualTo(1);
        assertThat(run.exits().stream().mapToLong(ExitCostRow::getOpen).sum()).isEqualTo(3);
    }

    @Test
    void theDetailIsTheSubReason() {
        RunOf run = RunOf.script(new TraceScript()
                .entry()
                .exit("IO_INSTRUCTION")
                .pio(0x10, true)
                .entry()
                .exit("IO_INSTRUCTION")
                .pio(0x3f8, false)
                .entry()
                .exit("MSR_WRITE")
                .g(0x1c4, XTILE)
                .entry()
                .exit("MSR_READ")
                .gRead(0x1c4, XTILE)
                .gRead(0x10, 0)
                .entry()
                .exitNm()
                .injNm()
                .entry()
                .exit("MSR_WRITE_IMM", 0x830, 0)
                .entry()
                .exit("CPUID")
                .gRead(0x10, 0)
                .entry());

        assertThat(run.exits())
                .extracting(ExitCostRow::getReason, ExitCostRow::getDetail)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple((long) IO, "port 0x10 out"),
                        org.assertj.core.groups.Tuple.tuple((long) IO, "port 0x3f8 in"),
                        org.assertj.core.groups.Tuple.tuple(32L, "0x1c4 write"),
                        org.assertj.core.groups.Tuple.tuple(31L, "0x1c4 read"),
                        org.assertj.core.groups.Tuple.tuple(0L, "vector 7"),
                        org.assertj.core.groups.Tuple.tuple(85L, "0x830 write"),
                        org.assertj.core.groups.Tuple.tuple((long) CPUID, ""));
    }

    @Test
    void devicesControlRegistersAndHypercallsAreDetailsAndPagesOfRamAreNot() {
        RunOf run = RunOf.script(new TraceScript()
                .entry()
                .exit("EPT_MISCONFIG")
                .mmio(2, 0xfee000b0L)
                .entry()
                .exit("EPT_VIOLATION")
                .pageFault(0xfed00000L)
                .mmio(0, 0xfed00108L)
                .mmio(1, 0xfed00108L)
                .entry()
                .exit("EPT_VIOLATION")
                .pageFault(0x12345000L)
                .entry()
                .exit("CR_ACCESS")
                .cr(0, true)
                .entry()
                .exit("CR_ACCESS")
                .cr(8, false)
                .entry()
                .exit("VMCALL")
                .hypercall(5)
                .entry()
                .exit("CPUID")
                .mmio(2, 0xfee000b0L)
                .cr(0, true)
                .hypercall(5)
                .entry());

        assertThat(run.exits())
                .extracting(ExitCostRow::getReason, ExitCostRow::getDetail)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(49L, "mmio 0xfee00000 write"),
                        org.assertj.core.groups.Tuple.tuple(48L, "mmio 0xfed00000 read"),
                        org.assertj.core.groups.Tuple.tuple(48L, ""),
                        org.assertj.core.groups.Tuple.tuple(28L, "cr0 write"),
                        org.assertj.core.groups.Tuple.tuple(28L, "cr8 read"),
                        org.assertj.core.groups.Tuple.tuple(18L, "hypercall 5"),
                        org.assertj.core.groups.Tuple.tuple((long) CPUID, ""));
    }

    @Test
    void svmExitsNameMsrsAndPortsTheSameWay() {
        RunOf run = RunOf.script(new TraceScript()
                .svm()
                .entry()
                .exit("msr", 1, 0)
                .g(0x1b, 0)
                .entry()
                .exit("io")
                .pio(0x80, true)
                .entry()
                .exit("UD excp")
                .entry());

        assertThat(run.exits())
                .extracting(ExitCostRow::getDetail)
                .containsExactlyInAnyOrder("0x1b write", "port 0x80 out", "");
    }

    @Test
    void detailsBeyondTheLimitAreOtherForTheWholeStream() {
        TraceScript script = new TraceScript().entry();
        for (int port = 0; port < ExitCosts.DETAILS_MAX + 50; port++) {
            script.exit("IO_INSTRUCTION").pio(port, true).entry();
        }
        script.after(5_000_000_000L).exit("IO_INSTRUCTION").pio(9_999, true).entry();
        script.exit("IO_INSTRUCTION").pio(3, true).entry();

        RunOf run = RunOf.script(script);

        assertThat(run.exits()).hasSize(ExitCosts.DETAILS_MAX + 1);
        assertThat(run.exit("L1", IO, "other").getTime().getSamples()).isEqualTo(51);
        assertThat(run.exit("L1", IO, "port 0x3 out").getTime().getSamples()).isEqualTo(2);
    }

    @Test
    void reasonsBeyondTheLimitAreOtherForTheWholeStream() {
        TraceScript script = new TraceScript().entry();
        for (int reason = 0; reason < ExitCosts.REASONS_MAX + 50; reason++) {
            script.exit("0x" + Integer.toHexString(0x1000 + reason)).entry();
        }
        script.after(5_000_000_000L).exit("0xffff").entry().exit("0x1003").entry();

        RunOf run = RunOf.script(script);

        assertThat(run.exits()).hasSize(ExitCosts.REASONS_MAX + 1);
        assertThat(run.exit("L1", ExitReasons.OTHER, "").getTime().getSamples()).isEqualTo(51);
        assertThat(run.exit("L1", 0x1003, "").getTime().getSamples()).isEqualTo(2);
        assertThat(ExitReasons.name(ExitReasons.VMX, ExitReasons.OTHER)).isEqualTo("other");
    }

    @Test
    void theLevelIsThatOfWhoExited() {
        RunOf run = RunOf.script(new TraceScript()
                .entry()
                .exit("VMRESUME")
                .nenter()
                .entry()
                .exit("CPUID")
                .nexit("CPUID")
                .nreflect("CPUID")
                .entry()
                .exit("CPUID")
                .cpuid()
                .entry()
                .exit("VMRESUME")
                .nenter()
                .entry()
                .exit("PREEMPTION_TIMER")
                .entry()
                .exit("EPT_VIOLATION")
                .nexit("EPT_VIOLATION")
                .pageFault()
                .entry());

        assertThat(run.exit("L2", CPUID, "nested CPUID").getTime().getSamples()).isEqualTo(1);
        assertThat(run.exit("L1", CPUID, "").getTime().getSamples()).isEqualTo(1);
        assertThat(run.exit("L2", 52, "").getTime().getSamples()).isEqualTo(1);
        assertThat(run.exit("L2", 48, "").getTime().getSamples()).isEqualTo(1);
    }

    @Test
    void whereNothingNestedIsRecordedAGuestHypervisorMakesTheLevelUnknown() {
        RunOf run = RunOf.script(new TraceScript()
                .entry()
                .exit("CPUID")
                .cpuid()
                .entry()
                .exit("VMRESUME")
                .entry()
                .exit("CPUID")
                .cpuid()
                .entry());

        assertThat(run.exit("L1", CPUID, "").getTime().getSamples()).isEqualTo(1);
        assertThat(run.exit("unknown", CPUID, "").getTime().getSamples()).isEqualTo(1);
    }

    @Test
    void aFailedNestedEntryStaysInL1() {
        TraceScript script = new TraceScript().entry().exit("VMLAUNCH");
        script.add(io.trapline.schemas.event.EventKind.NESTED_ENTRY_FAILED, 0x80);
        script.entry().exit("PREEMPTION_TIMER").entry();

        assertThat(RunOf.script(script).exit("L1", 52, "").getTime().getSamples())
                .isEqualTo(1);
    }
}
