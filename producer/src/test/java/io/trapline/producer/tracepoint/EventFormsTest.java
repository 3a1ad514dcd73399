package io.trapline.producer.tracepoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.producer.CollectedEvents;
import io.trapline.producer.GoldenFile;
import io.trapline.producer.line.EventName;
import io.trapline.producer.line.LinePrefix;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.EventView;
import io.trapline.schemas.kernel.KernelRange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each form of each event that the specification lists, and what it is read as. */
class EventFormsTest {
    private static final Path FORMS = Path.of("src/test/resources/forms.txt");

    private final EventReader reader = new EventReader();
    private final EventDraft draft = new EventDraft();

    @Test
    void everyFormIsReadAsReviewed() throws IOException {
        StringBuilder report = new StringBuilder();
        for (String form : forms()) {
            String why = read(form);
            report.append(form).append('\n');
            report.append("    ").append(event()).append(why == null ? "" : "   UNPARSED: " + why);
            report.append('\n');
        }

        GoldenFile.check("forms.report", report.toString());
    }

    @Test
    void aFormThatIsCutAnywhereIsNeverReadAsSomethingElse() throws IOException {
        for (String form : forms()) {
            EventKind whole = kindOf(form);
            for (int length = form.indexOf(':') + 2; length < form.length(); length++) {
                EventKind cut = kindOf(form.substring(0, length));
                assertThat(cut).as(form.substring(0, length)).isIn(whole, EventKind.OTHER_EVENT);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kvm_exit: vcpu 0 reason NOT_A_REASON rip 0x1 info1 0x0 info2 0x0 intr_info 0x0 error_code 0x0",
                "kvm_exit: vcpu 0 reason CPUID rip 0x1 info1 0x0 info2 0x0 intr_info 0x0 error_code 0x0 new_field 0x1",
                "kvm_exit: vcpu 99999 reason CPUID rip 0x1 info1 0x0 info2 0x0 intr_info 0x0 error_code 0x0",
                "kvm_entry: vcpu , rip 0x1",
                "kvm_msr: msr_read 1c4 = 0x11112222333344445",
                "kvm_inj_exception: #ZZ",
                "kvm_apic: apic_read APIC_NONE = 0x0",
                "kvm_mmio: mmio mend len 4 gpa 0x1 val 0x1",
                "read_msr: msr=1d9 val=0 failed=0 newer=1",
                "no name"
            })
    void whatIsNotUnderstoodIsCountedAndKept(String text) {
        assertThat(read(text)).isNotNull();
        assertThat(draft.row().kind(0)).isEqualTo(EventKind.OTHER_EVENT);
        assertThat(draft.vcpu()).isNegative();
    }

    private static List<String> forms() throws IOException {
        return Files.readAllLines(FORMS).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    private EventKind kindOf(String text) {
        read(text);
        return draft.row().kind(0);
    }

    private String read(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        LinePrefix prefix = new LinePrefix();
        prefix.name(0, EventName.end(bytes, 0, bytes.length));
        draft.reset(prefix, 1);
        return reader.read(bytes, prefix, bytes.length, draft);
    }

    private String event() {
        EventView view = new EventView().on(draft.row(), 0);
        String vcpu = draft.vcpu() < 0 ? "" : " (vcpu " + draft.vcpu() + ")";
        return view.kind() + vcpu + CollectedEvents.fields(view) + marks();
    }

    private String marks() {
        KernelInference inference = new KernelInference();
        inference.learn(draft);
        KernelRange range = inference.found(null).kernels();
        return range.equals(KernelRange.ALL) ? "" : "   kernels " + range.from() + ".." + range.to();
    }
}
