package io.trapline.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The YAML files of the repository that the code never reads: its documents, as trees. */
final class Manifest {
    private static final ObjectReader YAML = new YAMLMapper().readerFor(JsonNode.class);

    private Manifest() {}

    /** All documents of a file, named from the root of the repository; files are found from wherever the tests run. */
    static List<JsonNode> documents(String file) throws IOException {
        try (MappingIterator<JsonNode> documents =
                YAML.readValues(root().resolve(file).toFile())) {
            return documents.readAll();
        }
    }

    private static Path root() {
        return Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();
    }
}
