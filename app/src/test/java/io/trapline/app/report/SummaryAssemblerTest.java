package io.trapline.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trapline.schemas.avro.SummaryRow;
import io.trapline.schemas.event.EventFamily;
import io.trapline.streams.policy.Verdict;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SummaryAssemblerTest {
    private static final int ORDERS = 50;

    @Test
    void theOrderOfTheRowsMeansNothing() {
        SampleRun sample = SampleRun.withFindings();
        SummaryDocument document = sample.document();
        List<SummaryRow> rows = sample.rows();
        Random random = new Random(1);

        for (int order = 0; order < ORDERS; order++) {
            Collections.shuffle(rows, random);
            assertThat(SampleRun.ASSEMBLER.assemble(rows)).isEqualTo(document);
        }
    }

    @Test
    void rowsAreInTheOrderOfTheContract() {
        SampleRun sample = SampleRun.withFindings();
        sample.exit("10", 0, "L1", SampleRun.CPUID, "", 0, 1);
        sample.finding("P23", "TRACE", "9", 0, 14, 1, "none");
        SummaryDocument document = sample.document();

        assertThat(document.exits())
                .extracting(exit ->
                        exit.vm() + " " + exit.vcpu() + " " + exit.level() + " " + exit.reason() + " " + exit.detail())
                .containsExactly(
                        "10 0 L1 CPUID ",
                        "9 0 L1 CPUID ",
                        "9 0 L1 EXTERNAL_INTERRUPT ",
                        "9 0 L1 HLT ",
                        "9 0 L1 MSR_WRITE 0x1c4 write",
                        "9 0 L2 CPUID ",
                        "9 1 L1 MSR_WRITE ",
                        "9 1 L1 MSR_WRITE 0x6e0 write");
        assertThat(document.policies())
                .extracting(verdict -> verdict.policy().id())
                .containsExactly("P8", "P12", "P23", "P24");
        assertThat(document.findings())
                .extracting(Finding::id)
                .containsExactly("P23-9-0-cause", "P8-9-0-cause", "P23-9-1-cause");
    }

    @Test
    void onlyWhatWasNotRecordedHasARecipe() {
        SampleRun sample = SampleRun.ofTwoVcpus();
        sample.verdict("P8", 0, 0, 0);
        sample.verdict("P12", 0, 0, 0);
        sample.verdict("P23", 0, 0, 0);
        sample.verdict("P24", 0, 1, 0);
        sample.recorded(EventFamily.GUEST_MSR);

        List<PolicyVerdict> policies = sample.document().policies();

        assertThat(policies.get(0).missing()).containsExactly("msr");
        assertThat(policies.get(0).recipe()).startsWith("trace-cmd start -e kvm -e msr ");
        // P12: the run says that it was recorded; P23: it was seen; P24: there is a verdict.
        assertThat(policies.subList(1, 4)).allSatisfy(policy -> {
            assertThat(policy.missing()).isEmpty();
            assertThat(policy.recipe()).isNull();
        });
    }

    @Test
    void rowsThatAreNotOfOneRunOrNotAllAreRefused() {
        List<SummaryRow> other = SampleRun.ofTwoVcpus().rows();
        other.get(3).setRun("other");
        assertThatThrownBy(() -> SampleRun.ASSEMBLER.assemble(other)).hasMessageContaining("run other");

        List<SummaryRow> replayed = SampleRun.ofTwoVcpus().rows();
        replayed.get(3).setAnalysis("replay");
        assertThatThrownBy(() -> SampleRun.ASSEMBLER.assemble(replayed)).hasMessageContaining("analysis replay");

        List<SummaryRow> torn = SampleRun.ofTwoVcpus().rows();
        torn.remove(0);
        assertThatThrownBy(() -> SampleRun.ASSEMBLER.assemble(torn)).hasMessageContaining("11 rows, but 10 came");

        assertThatThrownBy(() -> SampleRun.ASSEMBLER.assemble(List.of())).hasMessageContaining("no row describes");
    }

    @Test
    void aPolicyNobodyKnowsIsRefusedByName() {
        SampleRun sample = SampleRun.ofTwoVcpus();
        sample.verdict("P99", 1, 0, 0);

        assertThatThrownBy(sample::document).hasMessageContaining("P99");
    }

    @Test
    void copiesOfOtherStreamsEventsAreInNoTotal() {
        SummaryDocument document = SampleRun.ofTwoVcpus().document();

        assertThat(document.run().events()).isEqualTo(33);
        assertThat(document.run().vcpus()).isEqualTo(2);
        assertThat(document.audit().copies()).isEqualTo(2);
        assertThat(document.audit().balanced()).isTrue();
    }

    @Test
    void verdictsAreWhatTheirCountsAmountTo() {
        SampleRun sample = SampleRun.ofTwoVcpus();
        sample.verdict("P8", 5, 5, 1);
        sample.verdict("P12", 5, 5, 0);
        sample.verdict("P23", 0, 5, 0);
        sample.verdict("P24", 0, 0, 0);

        assertThat(sample.document().policies())
                .extracting(PolicyVerdict::verdict)
                .containsExactly(Verdict.VIOLATED, Verdict.CONFORMS, Verdict.UNDECIDED, Verdict.NOT_APPLICABLE);
    }
}
