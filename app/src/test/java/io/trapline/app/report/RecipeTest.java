package io.trapline.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trapline.schemas.event.EventFamily;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecipeTest {
    @Test
    void oneCommandRecordsAllThatIsMissing() {
        assertThat(Recipe.of(List.of("msr"), List.of("sched_switch", "msr", "kvm_fpu")))
                .isEqualTo("trace-cmd start -e kvm -e msr -f 'msr==0x1c4||msr==0x1c5' -e sched:sched_switch"
                        + " && cat /sys/kernel/tracing/trace_pipe > trace.txt");
    }

    @Test
    void entriesAndExitsAreAlwaysRecorded() {
        assertThat(Recipe.of(List.of("x86_fpu"), List.of("x86_fpu"))).startsWith("trace-cmd start -e kvm -e x86_fpu ");
    }

    /** Nothing was missed when it was recorded: to print it again is enough. */
    @Test
    void whatOnlyThePrinterLeftOutIsPrintedAgain() {
        List<String> needs = List.of("kvm_exit", "kvm_exit intr_info", "msr");

        assertThat(Recipe.of(List.of("kvm_exit intr_info"), needs)).startsWith("trace-cmd report -N > trace.txt");
        assertThat(Recipe.of(List.of("kvm_exit intr_info", "msr"), needs))
                .isEqualTo(Recipe.of(List.of("msr"), needs))
                .startsWith("trace-cmd start -e kvm -e msr ");
    }

    @Test
    void everyFamilyHasAWayOrNone() {
        List<String> titles =
                Arrays.stream(EventFamily.values()).map(EventFamily::title).toList();

        assertThat(titles).allSatisfy(title -> {
            // The second is in no recording of a kernel whose entries lack it.
            boolean recordable = !title.equals(EventFamily.GROUND_TRUTH.title())
                    && !title.equals(EventFamily.ENTRY_INJECTION.title());
            assertThat(Recipe.of(List.of(title), List.of(title)) != null)
                    .as(title)
                    .isEqualTo(recordable);
        });
        assertThatThrownBy(() -> Recipe.of(List.of(), List.of("nonsense"))).hasMessageContaining("nonsense");
    }
}
