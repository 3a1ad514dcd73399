package io.trapline.producer.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.producer.CollectedEvents;
import io.trapline.producer.source.TraceInput;
import io.trapline.producer.source.UnreadableInput;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.TraceChunk;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes into a file comes out of it, whichever version wrote it. */
class RunFileTest {
    private static final Path HISTORY = Path.of("../schemas/src/test/resources/history");

    static List<String> recordings() throws IOException {
        return SampleFiles.recordings();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void aFileHoldsTheRunAndAllItsEvents(String name) throws Exception {
        CollectedEvents expected = new CollectedEvents();
        Run run;
        try {
            run = SampleFiles.importRecording(name, 1_000, expected);
        } catch (UnreadableInput e) {
            assertThat(e).hasMessageContaining("record again");
            return;
        }
        byte[] file = SampleFiles.of(name, 1_000);

        CollectedEvents events = new CollectedEvents();
        RunFileContents contents = SampleFiles.read(file, events);

        assertThat(contents.run()).isEqualTo(run);
        assertThat(contents.problems()).isEmpty();
        assertThat(events.streams()).isEqualTo(expected.streams());
    }

    @Test
    void theSameRunGivesTheSameBytes() throws Exception {
        assertThat(SampleFiles.of(SampleFiles.SMALL, 64)).isEqualTo(SampleFiles.of(SampleFiles.SMALL, 64));
    }

    @Test
    void aPackedFileIsRecognizedByItsContent() throws Exception {
        byte[] file = SampleFiles.of(SampleFiles.SMALL, 64);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(file);
        }
        try (TraceInput input = SampleFiles.input(packed.toByteArray())) {
            assertThat(RunFileReader.recognizes(input)).isTrue();
        }
        assertThat(SampleFiles.events(packed.toByteArray()).streams())
                .isEqualTo(SampleFiles.events(file).streams());
        try (TraceInput text = SampleFiles.input(new byte[] {'O', 'b', 'j'})) {
            assertThat(RunFileReader.recognizes(text)).isFalse();
        }
    }

    /** Any tool that knows Avro can read our files. */
    @Test
    void avrosOwnReaderReadsIt() throws Exception {
        byte[] file = SampleFiles.of(SampleFiles.SMALL, 64);
        long events = 0;
        try (DataFileStream<Object> stream =
                new DataFileStream<>(new ByteArrayInputStream(file), new GenericDatumReader<>())) {
            assertThat(stream.getMetaString(RunFileFormat.TOOL_KEY)).isEqualTo(SampleFiles.TOOL);
            assertThat(stream.next().toString()).contains("\"status\": \"COMPLETE\"");
            while (stream.hasNext()) {
                events += ((Number) ((org.apache.avro.generic.GenericRecord) stream.next()).get("count")).longValue();
            }
        }
        long[] ours = {0};
        SampleFiles.read(file, chunk -> ours[0] += chunk.count());
        assertThat(events).isEqualTo(ours[0]);
    }

    /** Versions of the past, and one of a future that has a field more and one of a past that has some less. */
    static Stream<Schema> otherVersions() throws IOException {
        List<Schema> versions = new ArrayList<>();
        for (int run = 1; Files.exists(version("Run", run)); run++) {
            for (int chunk = 1; Files.exists(version("TraceChunk", chunk)); chunk++) {
                versions.add(Schema.createUnion(parsed("Run", run), parsed("TraceChunk", chunk)));
            }
        }
        versions.add(Schema.createUnion(
                without(Run.getClassSchema(), List.of("continues", "lossMarkers")),
                without(TraceChunk.getClassSchema(), List.of("guestFaults", "passthroughAccesses"))));
        versions.add(Schema.createUnion(
                TraceChunk.getClassSchema(), with(Run.getClassSchema(), "newer", Schema.Type.STRING)));
        return versions.stream();
    }

    @ParameterizedTest
    @MethodSource("otherVersions")
    void filesOfOtherVersionsAreRead(Schema theirs) throws Exception {
        byte[] ours = SampleFiles.of(SampleFiles.WITHOUT_NEWER_KINDS, 8);
        byte[] file = rewritten(ours, theirs);

        CollectedEvents events = new CollectedEvents();
        RunFileContents contents = SampleFiles.read(file, events);

        assertThat(contents).isEqualTo(SampleFiles.read(ours, ignored -> {}));
        assertThat(events.streams()).isEqualTo(SampleFiles.events(ours).streams());
    }

    /** The file as a program of that version would have written it. */
    private static byte[] rewritten(byte[] file, Schema theirs) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DataFileStream<Object> ours =
                        new DataFileStream<>(new ByteArrayInputStream(file), new GenericDatumReader<>(null, theirs));
                DataFileWriter<Object> rewriter = SampleFiles.begin(theirs, out)) {
            while (ours.hasNext()) {
                rewriter.append(ours.next());
            }
        }
        return out.toByteArray();
    }

    private static Path version(String name, int version) {
        return HISTORY.resolve(name + "." + version + ".avsc");
    }

    private static Schema parsed(String name, int version) throws IOException {
        return new Schema.Parser().parse(version(name, version).toFile());
    }

    private static Schema without(Schema record, List<String> names) {
        return fields(
                record,
                record.getFields().stream()
                        .filter(field -> !names.contains(field.name()))
                        .map(RunFileTest::copy)
                        .toList());
    }

    private static Schema with(Schema record, String name, Schema.Type type) {
        List<Schema.Field> fields = new ArrayList<>();
        fields.add(new Schema.Field(name, Schema.create(type), null, ""));
        record.getFields().stream().map(RunFileTest::copy).forEach(fields::add);
        return fields(record, fields);
    }

    private static Schema.Field copy(Schema.Field field) {
        return new Schema.Field(field, field.schema());
    }

    private static Schema fields(Schema record, List<Schema.Field> fields) {
        return Schema.createRecord(record.getName(), null, record.getNamespace(), false, fields);
    }
}
