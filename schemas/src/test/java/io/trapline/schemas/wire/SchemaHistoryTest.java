package io.trapline.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.StreamEndMark;
import io.trapline.schemas.avro.SummaryRow;
import io.trapline.schemas.avro.TraceChunk;
import io.trapline.schemas.avro.VcpuStateSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What was ever written stays readable, and what is written now can be read by what was ever shipped: every version in
 * {@code src/test/resources/history} against every other, in both directions. A changed schema is added there with
 * {@code -Dsnap.update=true}.
 */
class SchemaHistoryTest {
    private static final Path HISTORY = Path.of("src/test/resources/history");

    static Stream<Schema> storedSchemas() {
        return Stream.of(
                        Stream.of(
                                TraceChunk.getClassSchema(),
                                Run.getClassSchema(),
                                StreamEndMark.getClassSchema(),
                                VcpuStateSnapshot.getClassSchema()),
                        rows())
                .flatMap(schemas -> schemas);
    }

    /** The result rows, and the record that carries any of them. */
    private static Stream<Schema> rows() {
        Stream<Schema> carried = SummaryRow.getClassSchema().getFields().stream()
                .map(field -> field.schema())
                .filter(Schema::isUnion)
                .map(union -> union.getTypes().get(1))
                .filter(row -> !row.getName().equals("Run"));
        return Stream.concat(Stream.of(SummaryRow.getClassSchema()), carried);
    }

    @ParameterizedTest
    @MethodSource("storedSchemas")
    void everyVersionReadsEveryOther(Schema current) throws IOException {
        List<Schema> versions = versions(current.getName());
        boolean isNew = versions.isEmpty() || !sameOnTheWire(versions.get(versions.size() - 1), current);
        if (isNew && Boolean.getBoolean("snap.update")) {
            Path file = HISTORY.resolve(current.getName() + "." + (versions.size() + 1) + ".avsc");
            Files.writeString(file, pretty(current));
            versions.add(current);
            isNew = false;
        }
        assertThat(isNew)
                .as("%s is not the newest of its history: add it with -Dsnap.update=true", current.getName())
                .isFalse();
        for (Schema writer : versions) {
            for (Schema reader : versions) {
                assertThat(SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                                .getType())
                        .as("%s reads %s", reader, writer)
                        .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
            }
        }
    }

    private static String pretty(Schema schema) throws IOException {
        ObjectMapper json = new ObjectMapper();
        return json.writerWithDefaultPrettyPrinter().writeValueAsString(json.readTree(schema.toString())) + "\n";
    }

    private static boolean sameOnTheWire(Schema a, Schema b) {
        return a.equals(b) && KnownSchemas.fingerprint(a) == KnownSchemas.fingerprint(b);
    }

    private static List<Schema> versions(String name) throws IOException {
        List<Schema> versions = new ArrayList<>();
        for (int version = 1; ; version++) {
            Path file = HISTORY.resolve(name + "." + version + ".avsc");
            if (!Files.exists(file)) {
                return versions;
            }
            versions.add(new Schema.Parser().parse(file.toFile()));
        }
    }
}
