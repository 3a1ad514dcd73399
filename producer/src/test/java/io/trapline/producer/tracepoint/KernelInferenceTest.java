package io.trapline.producer.tracepoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.schemas.kernel.KernelRange;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What forms of lines, and the name of the kernel, say about the kernel. */
class KernelInferenceTest {
    private static KernelProfile found(String release, FormatMark... marks) {
        KernelInference inference = new KernelInference();
        List.of(marks).forEach(inference::learn);
        return inference.found(release);
    }

    @Test
    void nothingSeenBoundsNothing() {
        assertThat(found(null)).isEqualTo(new KernelProfile(KernelRange.ALL, "everything", null));
    }

    @Test
    void boundsMeetInTheMiddleAndSayWhatTheyAre() {
        KernelProfile profile =
                found(null, FormatMark.ENTRY_WITH_RIP, FormatMark.PAGE_FAULT_WITH_VCPU, FormatMark.FIVE_FLAGS);

        assertThat(profile.kernels()).hasToString("6.1..6.13");
        assertThat(profile.foundBy())
                .isEqualTo("format generation: from 6.1 (kvm_page_fault with vcpu),"
                        + " up to 6.13 (kvm_entry with rip and without intr_info)");
        assertThat(profile.doubt()).isNull();
    }

    @Test
    void versionsCompareAsNumbers() {
        assertThat(found(null, FormatMark.ENTRY_WITHOUT_RIP, FormatMark.FOUR_FLAGS, FormatMark.NESTED_RUN)
                        .kernels())
                .hasToString("..5.9");
    }

    @Test
    void formsThatExcludeEachOtherAreSaidAndBoundNothing() {
        KernelProfile profile = found(null, FormatMark.NESTED_RUN, FormatMark.EXIT_WITH_REQUESTS);

        assertThat(profile.kernels()).isEqualTo(KernelRange.ALL);
        assertThat(profile.doubt())
                .contains("kvm_exit with requests (6.14 or later)", "kvm_nested_vmrun (6.0 or earlier)");
    }

    @Test
    void aNameCountsMoreThanForms() {
        KernelProfile profile = found("6.1.0-56-amd64", FormatMark.ENTRY_WITH_RIP);

        assertThat(profile.kernels()).hasToString("6.1");
        assertThat(profile.foundBy()).isEqualTo("recording: it names 6.1.0-56-amd64");
        assertThat(profile.doubt()).isNull();
        assertThat(found("somebody's kernel", FormatMark.NESTED_ENTER).kernels())
                .hasToString("6.1..");
    }

    @Test
    void aTreeThatCarriesBackMayDoWhatEitherDoes() {
        KernelProfile newer = found("5.14.0-427.el9.x86_64", FormatMark.NESTED_ENTER, FormatMark.ENTRY_WITH_RIP);
        KernelProfile older = found("6.8.0", FormatMark.SVM_EXIT_WITH_IRQS_ON);

        assertThat(newer.kernels()).hasToString("5.14..6.1");
        assertThat(newer.doubt()).contains("5.14.0-427.el9.x86_64", "kvm_nested_vmenter is of 6.1 or later");
        assertThat(older.kernels()).hasToString("6.4..6.8");
        assertThat(older.doubt()).contains("of 6.4 or earlier");
    }

    @Test
    void aNameStandsAgainstFormsThatExcludeEachOther() {
        KernelProfile profile = found("6.1.0", FormatMark.NESTED_RUN, FormatMark.EXIT_WITH_REQUESTS);

        assertThat(profile.kernels()).hasToString("6.1");
        assertThat(profile.doubt()).isNotNull();
    }

    @Test
    void whatTheToolDecidesBoundsNothing() {
        KernelInference inference = new KernelInference();
        inference.learn(FormatMark.EXIT_WITHOUT_VCPU);
        inference.forget(List.of(FormatMark.EXIT_WITHOUT_VCPU));

        assertThat(inference.found(null).kernels()).isEqualTo(KernelRange.ALL);
    }

    @ParameterizedTest
    @EnumSource
    void everyMarkBoundsSomething(FormatMark mark) {
        assertThat(new KernelRange(mark.from(), mark.to())).isNotEqualTo(KernelRange.ALL);
        assertThat(mark.form()).isNotBlank();
        assertThat(mark.ordinal()).isLessThan(Long.SIZE);
    }
}
