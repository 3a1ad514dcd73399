package io.trapline.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trapline.app.run.LoopAnalysis;
import io.trapline.app.run.RecordingFile;
import io.trapline.app.run.RunDocument;
import io.trapline.app.watch.WatchedExits;
import io.trapline.streams.profile.AnalysisInputs;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page in a real browser: another page looks at it in a frame, as it is, and clicks. */
class HtmlInBrowserTest {
    private static final Path RECORDINGS = Path.of("../producer/src/test/resources/recordings");

    private static final String PROBE = """
            <!DOCTYPE html><title>probe</title>
            <iframe src="report.html" width="1280" height="900"></iframe><pre id="seen"></pre>
            <script>
            document.querySelector("iframe").onload = event => {
              const page = event.target.contentDocument, view = event.target.contentWindow;
              const drawn = canvas => canvas.getContext("2d")
                .getImageData(0, 0, canvas.width, canvas.height).data.some(value => value !== 0);
              const table = page.querySelector("table.sortable");
              const heads = [...table.tHead.rows[0].cells];
              const column = heads.findIndex(head => head.textContent.trim() === "samples");
              const cells = () => [...table.tBodies[0].rows].map(row => Number(row.cells[column].dataset.sort));
              const click = () => { heads[column].querySelector("button").click(); return cells(); };
              document.getElementById("seen").textContent = JSON.stringify({
                before: cells(), first: click(), second: click(), order: heads[column].getAttribute("aria-sort"),
                canvases: [...page.querySelectorAll("canvas")].map(drawn),
                charts: page.querySelectorAll(".chart").length,
                resources: view.performance.getEntriesByType("resource").map(entry => entry.name),
                wide: page.documentElement.scrollWidth > page.documentElement.clientWidth,
                alerts: view.alerted === true,
              });
            };
            </script>
            """;

    private static Chromium chromium;

    @TempDir
    private Path folder;

    @BeforeAll
    static void findABrowser() {
        chromium = Chromium.installed().orElse(null);
        assumeTrue(chromium != null, "no chromium on the PATH: apt-get install chromium to see the page in a browser");
    }

    private JsonNode look(String page) throws Exception {
        Files.writeString(folder.resolve("report.html"), page);
        Path probe = Files.writeString(folder.resolve("probe.html"), PROBE);
        Chromium.Visit visit = chromium.visit(probe, folder);
        assertThat(visit.console()).isEmpty();
        Matcher seen =
                Pattern.compile("<pre id=\"seen\">(.+?)</pre>", Pattern.DOTALL).matcher(visit.dom());
        assertThat(seen.find()).as(visit.dom()).isTrue();
        return new ObjectMapper().readTree(seen.group(1).replace("&amp;", "&"));
    }

    private static String page(String recording) throws Exception {
        WatchedExits watched = new WatchedExits(ReportScope.WHOLE, BigDecimal.valueOf(10_000), true);
        LoopAnalysis.Result result = new LoopAnalysis(AnalysisInputs.named("live"), watched)
                .of(RecordingFile.at(RECORDINGS.resolve(recording).toString(), 0));
        return HtmlReport.write(RunReport.of(
                RunDocument.of(result.rows()),
                ReportScope.WHOLE,
                ExitListing.ALL,
                watched.outliers(),
                watched.series()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bochs-amx/linux-guest-linux-6.1/q3-nested-l2-xfd.txt.gz",
                "amd-svm/linux-6.1/05-mixed-sched-fpu/trace.txt.xz",
                "bochs-amx/direct-linux-6.1/s1-xfd-arm-nm.txt"
            })
    void theChartsAreDrawnTheTablesSortAndNothingIsLoaded(String recording) throws Exception {
        JsonNode seen = look(page(recording));

        assertThat(seen.get("charts").asInt()).isEqualTo(3);
        assertThat(seen.get("canvases")).hasSize(3).allMatch(JsonNode::asBoolean);
        assertThat(seen.get("resources")).isEmpty();
        assertThat(seen.get("wide").asBoolean()).isFalse();
        List<Long> before = numbers(seen.get("before"));
        assertThat(before).hasSizeGreaterThan(1).isNotEqualTo(numbers(seen.get("first")));
        assertThat(numbers(seen.get("first")))
                .isSortedAccordingTo(Comparator.reverseOrder())
                .containsExactlyInAnyOrderElementsOf(before);
        assertThat(numbers(seen.get("second"))).isSorted().containsExactlyInAnyOrderElementsOf(before);
        assertThat(seen.get("order").asText()).isEqualTo("ascending");
    }

    @Test
    void aScriptInARecordingDoesNotRun() throws Exception {
        SampleRun sample = SampleRun.withFindings();
        String evil = "</pre></script><script>window.alerted = true</script><img src=x onerror='alerted = true'>";
        sample.run.getSource().setName(evil);
        sample.findings.get(0).getEvidence().get(0).setText(evil);

        JsonNode seen = look(HtmlReport.write(RunReport.whole(sample.document())));

        assertThat(seen.get("alerts").asBoolean()).isFalse();
        assertThat(seen.get("charts").asInt()).isZero();
    }

    private static List<Long> numbers(JsonNode array) {
        List<Long> numbers = new ArrayList<>();
        array.forEach(number -> numbers.add(number.asLong()));
        return numbers;
    }
}
