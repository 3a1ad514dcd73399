package io.trapline.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.schemas.avro.Clock;
import io.trapline.schemas.avro.ClockUnit;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
    private static final String EVIL = "</script><script>alert('1')</script><img src=x onerror=\"alert(2)\">{{x}}";

    private static RunReport of(SampleRun sample) {
        Evidence exit = new Evidence(1, 13_738_170, 101, "kvm_exit: " + EVIL);
        Evidence entry = new Evidence(2, 13_738_190, 102, "kvm_entry: " + EVIL);
        Outlier outlier = new Outlier(EVIL, 0, "L1", "VMX", "CPUID", EVIL, 1, 20, List.of(exit, entry));
        ExitSeries series = new ExitSeries(
                13_000_000,
                1 << 20,
                List.of(new ExitSeries.Stretch(3, new TreeMap<>(Map.of(EVIL, 60L)), new TreeMap<>(Map.of(8, 3L)))));
        return RunReport.of(
                sample.document(),
                ReportScope.WHOLE,
                ExitListing.ALL,
                new Outliers(BigDecimal.TEN, 1, List.of(outlier)),
                series);
    }

    @Test
    void whatARecordingSaysIsTextInThePage() {
        SampleRun sample = SampleRun.withFindings();
        String harmless = HtmlReport.write(of(sample));
        sample.run.getSource().setName(EVIL);
        sample.exits.forEach(exit -> exit.setDetail(EVIL));
        sample.findings.forEach(finding -> {
            finding.getEvidence().get(0).setText(EVIL);
            finding.setExpected(EVIL);
        });

        String page = HtmlReport.write(of(sample));

        assertThat(page).contains("&lt;img src", "{{x}}").doesNotContain("<img", "<script>alert");
        assertThat(page.split("<script", -1)).hasSameSizeAs(harmless.split("<script", -1));
        assertThat(page.split("</script>", -1)).hasSameSizeAs(harmless.split("</script>", -1));
    }

    @Test
    void itLoadsNothingAndRunsOnlyItsOwnScripts() {
        String page = HtmlReport.write(of(SampleRun.withFindings()));

        assertThat(page).contains("default-src 'none'");
        assertThat(page).doesNotContainPattern("<(link|img|iframe|script)[^>]* (src|href)=");
        assertThat(page).contains("The MIT License");
    }

    @Test
    void everyTableHasHeadersAndEveryChartWords() {
        String page = HtmlReport.write(of(SampleRun.withFindings()));

        int tables = page.split("<table", -1).length;
        assertThat(tables).isGreaterThan(4);
        assertThat(page.split("<thead>", -1)).hasSize(tables);
        assertThat(page.split("<caption>", -1)).hasSize(tables);
        assertThat(page.split("class=\"chart\" role=\"img\"", -1)).hasSize(1 + 3);
        assertThat(page.split("aria-describedby=", -1)).hasSize(1 + 3);
    }

    @Test
    void manyFindingsAreCutShort() {
        SampleRun sample = SampleRun.ofTwoVcpus();
        for (int vcpu = 0; vcpu < 501; vcpu++) {
            sample.finding("P8", "LOST", "9", vcpu, 100, 1, "no read_msr 1c4");
        }

        String page = HtmlReport.write(RunReport.whole(sample.document()));

        assertThat(page.split("class=\"finding\"", -1)).hasSize(1 + 500);
        assertThat(page).contains("And 1 more finding: --format json has all.");
    }

    @Test
    void withoutTimesThereAreNoCharts() {
        SampleRun sample = SampleRun.withFindings();
        sample.run.setClock(new Clock("counter", ClockUnit.NONE, null));
        RunReport report = RunReport.of(
                sample.document(),
                ReportScope.WHOLE,
                ExitListing.ALL,
                null,
                of(sample).series());

        assertThat(HtmlReport.write(report))
                .contains("No times: the unit of this run&#39;s clock is not known.")
                .doesNotContain("id=\"series\"", "Outliers");
    }
}
