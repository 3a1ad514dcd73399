package io.trapline.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DigestTest {
    private final ObjectNode document = SummaryTree.of(SampleRun.withFindings().document());

    @Test
    void itIsTheOneInTheReport() {
        SummaryDocument sample = SampleRun.withFindings().document();

        assertThat(JsonReport.write(sample)).contains("\"digest\": \"" + JsonReport.digest(sample) + "\"");
        assertThat(JsonReport.digest(sample)).matches("sha256:[0-9a-f]{64}");
    }

    @Test
    void theRunsNamesAndTheDigestItselfAreNotCovered() {
        String before = Digest.of(document);

        ((ObjectNode) document.get("run")).put("id", "other").put("source", "other.txt");
        document.put("digest", before);

        assertThat(Digest.of(document)).isEqualTo(before);
        assertThat(document.at("/run/id").asText()).isEqualTo("other");
    }

    @Test
    void everyOtherValueIsCovered() {
        String before = Digest.of(document);
        List<String> places = new ArrayList<>();
        collect(document, "", places);
        places.removeAll(List.of("/run/id", "/run/source"));

        assertThat(places).hasSizeGreaterThan(150).allSatisfy(place -> {
            ObjectNode changed = document.deepCopy();
            change(changed, place);
            assertThat(Digest.of(changed)).as(place).isNotEqualTo(before);
        });
    }

    /** Pointers to all values that hold no others. */
    private static void collect(JsonNode node, String place, List<String> places) {
        if (node.isObject()) {
            node.fieldNames().forEachRemaining(name -> collect(node.get(name), place + "/" + name, places));
        } else if (node.isArray() && !node.isEmpty()) {
            for (int i = 0; i < node.size(); i++) {
                collect(node.get(i), place + "/" + i, places);
            }
        } else {
            places.add(place);
        }
    }

    private static void change(ObjectNode document, String place) {
        int slash = place.lastIndexOf('/');
        JsonNode parent = document.at(place.substring(0, slash));
        String last = place.substring(slash + 1);
        JsonNode value = JsonNodeFactory.instance.textNode("changed");
        if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(last), value);
        } else {
            ((ObjectNode) parent).set(last, value);
        }
    }

    @Test
    void aRunOfAnotherNameHasTheSameDigestUnlessFindingsNameItsFile() {
        SampleRun sample = SampleRun.ofTwoVcpus();
        String before = JsonReport.digest(sample.document());

        sample.run.getSource().setName("renamed.txt");

        assertThat(JsonReport.digest(sample.document())).isEqualTo(before);
    }

    @Test
    void noFindingIsCalledAfterItsRun() {
        assertThat(SampleRun.withFindings().document().findings())
                .noneMatch(finding -> finding.id().contains("sample.txt"));
    }
}
