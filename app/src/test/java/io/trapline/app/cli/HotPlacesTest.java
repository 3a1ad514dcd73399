package io.trapline.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trapline.app.cli.Commands.Outcome;
import io.trapline.app.proof.TraceLines;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What the text says of a guest with more places than are counted. */
class HotPlacesTest {
    private static final Pattern EXIT = Pattern.compile("kvm_exit: .*reason (?<reason>.+) rip (?<rip>0x[0-9a-f]+) ");
    private static final String MAY_LACK_SOME = "some that are missing may have more exits";

    @Test
    void whereAPlaceMayBeMissingTheReportSaysSo() {
        String boot = report("amd-svm/linux-6.1/08-linux-boot-kvm-all/trace.txt.xz");
        int pages = boot.indexOf("Pages of the guest that fault most");

        assertThat(boot.substring(pages)).containsOnlyOnce(MAY_LACK_SOME);
        assertThat(boot.substring(0, pages))
                .contains("Where the guest exits most")
                .doesNotContain(MAY_LACK_SOME);
    }

    @Test
    void ofRoundsOfFewerPlacesAllAreCounted() {
        assertThat(report("intel-vmx/linux-6.1/03-smp2/trace.txt.zst"))
                .contains("0x1005ec  L1     DR_ACCESS         400")
                .doesNotContain(MAY_LACK_SOME);
    }

    /** All of them lie behind the 32 that a document of the whole run lists. */
    @Test
    void placesOfAReasonAreChosenBeforeTheyAreCut() throws Exception {
        Path recording = TraceLines.RECORDINGS.resolve("intel-vmx/linux-6.1/03-smp2/trace.txt.zst");
        long real = TraceLines.of(recording).stream()
                .filter(line -> line.contains("kvm_exit: ") && line.contains("reason WBINVD rip "))
                .count();

        String part = Commands.run("analyze", recording.toString(), "--reason", "WBINVD", "--format", "json")
                .out();

        assertThat(ofKind("rip", new ObjectMapper().readTree(part).get("hot_spots")))
                .singleElement()
                .satisfies(spot -> assertThat(spot.get("exits").asLong()).isEqualTo(real));
    }

    /** Four vCPUs, each of which exits at more places than it counts: what the text says of a place lies in its range. */
    @Test
    void theRangesOfSeveralVcpusHoldWhatTheRecordingSays() throws Exception {
        Path recording = TraceLines.RECORDINGS.resolve("amd-svm/linux-6.1/13-large-4vcpu/trace.txt.xz");
        Map<String, Long> real = new HashMap<>();
        for (String line : TraceLines.of(recording)) {
            Matcher exit = EXIT.matcher(line);
            if (exit.find()) {
                real.merge(exit.group("reason") + " " + exit.group("rip"), 1L, Long::sum);
            }
        }

        JsonNode summary = new ObjectMapper()
                .readTree(Commands.run("analyze", recording.toString(), "--format", "json")
                        .out());

        List<JsonNode> rips = ofKind("rip", summary.get("hot_spots"));
        assertThat(rips).hasSize(32).allSatisfy(spot -> {
            long exits = spot.get("exits").asLong();
            String name =
                    spot.get("reason").asText() + " " + spot.get("address").asText();
            assertThat(real.remove(name))
                    .as(name)
                    .isBetween(exits - spot.get("error").asLong(), exits);
        });
        List<JsonNode> unlisted = ofKind("rip", summary.get("hot_spots_unlisted"));
        assertThat(unlisted).hasSize(1);
        assertThat(Collections.max(real.values()))
                .isLessThanOrEqualTo(unlisted.get(0).get("exits_max").asLong());
    }

    private static List<JsonNode> ofKind(String kind, JsonNode nodes) {
        return StreamSupport.stream(nodes.spliterator(), false)
                .filter(node -> node.get("kind").asText().equals(kind))
                .toList();
    }

    private static String report(String recording) {
        Outcome outcome =
                Commands.run("analyze", TraceLines.RECORDINGS.resolve(recording).toString());
        return outcome.out();
    }
}
