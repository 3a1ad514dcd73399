package io.trapline.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trapline.schemas.topic.Topic;
import io.trapline.schemas.topic.Topics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A cluster that Strimzi manages gets the topics of the catalogue: all, no other, and none otherwise. */
class StrimziTopicsTest {
    private static final String FILE = "deploy/strimzi/topics.yaml";
    private static final int REPLICAS = 3;

    /** Everything that a KafkaTopic says: what is not named here, the file may not have. */
    private record Declared(
            String apiVersion,
            String kind,
            String name,
            Map<String, String> labels,
            int partitions,
            int replicas,
            Map<String, String> config) {

        static Declared of(Topic topic) {
            return new Declared(
                    "kafka.strimzi.io/v1",
                    "KafkaTopic",
                    topic.name(),
                    Map.of("strimzi.io/cluster", "trapline"),
                    topic.partitions(),
                    REPLICAS,
                    new TreeMap<>(topic.settings()));
        }

        static Declared of(JsonNode document) {
            JsonNode metadata = document.required("metadata");
            JsonNode spec = document.required("spec");
            assertThat(fieldNames(document)).containsExactlyInAnyOrder("apiVersion", "kind", "metadata", "spec");
            assertThat(fieldNames(metadata)).containsExactlyInAnyOrder("name", "labels");
            assertThat(fieldNames(spec)).containsExactlyInAnyOrder("partitions", "replicas", "config");
            return new Declared(
                    document.required("apiVersion").asText(),
                    document.required("kind").asText(),
                    metadata.required("name").asText(),
                    texts(metadata.required("labels")),
                    spec.required("partitions").asInt(),
                    spec.required("replicas").asInt(),
                    texts(spec.required("config")));
        }

        private static List<String> fieldNames(JsonNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            return names;
        }

        /** A setting may be written as a number: it goes to Kafka as text. */
        private static Map<String, String> texts(JsonNode object) {
            Map<String, String> texts = new TreeMap<>();
            object.properties()
                    .forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
            return texts;
        }
    }

    @Test
    void declaresTheCatalogue() throws IOException {
        List<Declared> catalogue = Topics.ALL.stream().map(Declared::of).toList();
        List<Declared> declared =
                Manifest.documents(FILE).stream().map(Declared::of).toList();
        assertThat(declared).containsExactlyElementsOf(catalogue);
    }
}
