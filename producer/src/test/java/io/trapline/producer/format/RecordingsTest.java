package io.trapline.producer.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.producer.GoldenFile;
import io.trapline.producer.ImportProblem.Code;
import io.trapline.producer.RecordingSummary;
import io.trapline.producer.source.UnreadableInput;
import io.trapline.schemas.event.EventKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real recordings of all forms: every line is accounted for, and what comes out is what was reviewed. */
class RecordingsTest {
    /** Tracepoints that have a kind of their own. */
    private static final Map<String, EventKind> KINDS = Map.ofEntries(
            Map.entry("kvm_entry", EventKind.VM_ENTRY),
            Map.entry("kvm_exit", EventKind.VM_EXIT),
            Map.entry("kvm_msr", EventKind.GUEST_MSR_ACCESS),
            Map.entry("kvm_inj_exception", EventKind.EXCEPTION_INJECTED),
            Map.entry("kvm_inj_virq", EventKind.INTERRUPT_INJECTED),
            Map.entry("kvm_userspace_exit", EventKind.USERSPACE_EXIT),
            Map.entry("kvm_nested_vmexit", EventKind.NESTED_EXIT),
            Map.entry("kvm_nested_vmexit_inject", EventKind.NESTED_EXIT_REFLECTED),
            Map.entry("kvm_nested_intercepts", EventKind.NESTED_INTERCEPTS),
            Map.entry("kvm_pio", EventKind.PORT_IO),
            Map.entry("kvm_mmio", EventKind.MMIO),
            Map.entry("kvm_page_fault", EventKind.PAGE_FAULT),
            Map.entry("kvm_cpuid", EventKind.CPUID_EXECUTED),
            Map.entry("kvm_cr", EventKind.CR_ACCESS),
            Map.entry("kvm_fpu", EventKind.FPU_SWITCH),
            Map.entry("kvm_hypercall", EventKind.HYPERCALL),
            Map.entry("kvm_vcpu_wakeup", EventKind.HALT_WAKEUP),
            Map.entry("kvm_apic", EventKind.APIC_EVENT),
            Map.entry("kvm_apic_ipi", EventKind.APIC_IPI),
            Map.entry("kvm_emulate_insn", EventKind.EMULATED_INSTRUCTION),
            Map.entry("sched_switch", EventKind.SCHED_SWITCH));

    static List<String> recordings() throws IOException {
        return Recordings.all();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void everyEventIsCounted(String name) throws IOException, UnreadableInput {
        RecordingSummary summary;
        try {
            summary = Recordings.importFile(name, RecordingImporter.CHUNK_EVENTS_MAX, events -> {});
        } catch (UnreadableInput e) {
            assertThat(e).hasMessageContaining("record again");
            return;
        }

        Map<String, Long> counted =
                EventLines.countByName(new String(Recordings.text(name), StandardCharsets.ISO_8859_1));

        long gaps = summary.eventsByKind().getOrDefault(EventKind.GAP, 0L);
        assertThat(summary.events() - gaps)
                .isEqualTo(counted.values().stream().mapToLong(Long::longValue).sum());
        long unreadable = summary.problems().stream()
                .filter(problem -> problem.code() == Code.UNPARSED_LINE || problem.code() == Code.TORN_LAST_LINE)
                .count();
        assertThat(unreadable).as("each has its sentence").isEqualTo(summary.unparsed());
        if (summary.unparsed() == 0) {
            KINDS.forEach(
                    (tracepoint, kind) -> assertThat(summary.eventsByKind().getOrDefault(kind, 0L)
                                    // The form may leave out what its kind holds.
                                    + summary.untypedByName().getOrDefault(tracepoint, 0L))
                            .as(tracepoint)
                            .isEqualTo(counted.getOrDefault(tracepoint, 0L)));
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void theImportIsAsReviewed(String name) throws IOException {
        ImportReport report = new ImportReport();
        String text;
        try {
            text = report.of(Recordings.importFile(name, RecordingImporter.CHUNK_EVENTS_MAX, report));
        } catch (UnreadableInput e) {
            text = "refused: " + e.getMessage() + "\n";
        }

        GoldenFile.check("imports/" + name + ".report", text);
    }
}
