package io.trapline.producer.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.trapline.producer.CollectedEvents;
import io.trapline.producer.EventSink;
import io.trapline.producer.format.ReadOptions;
import io.trapline.producer.format.RecordingImporter;
import io.trapline.producer.source.TraceInput;
import io.trapline.producer.source.UnreadableInput;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.wire.ChunkEncoder;
import io.trapline.schemas.wire.Envelope;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.specific.SpecificData;

/** Files of real recordings, and files that no writer of ours would make. */
final class SampleFiles {
    static final String SMALL = "bochs-amx/direct-linux-6.1/s1-xfd-arm-nm.txt";

    /** Has no event of a kind that version 1 of the log did not know. */
    static final String WITHOUT_NEWER_KINDS = "intel-vmx/linux-6.1/01-hypercall/trace.txt";

    static final String TOOL = "test 1";

    private static final Path ROOT = Path.of("src/test/resources/recordings");

    private SampleFiles() {}

    static List<String> recordings() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> ROOT.relativize(file).toString())
                    .filter(name -> name.contains(".txt"))
                    .sorted()
                    .toList();
        }
    }

    /** Imports a recording of the test resources and returns its run. */
    static Run importRecording(String name, int chunkMax, EventSink sink) throws IOException, UnreadableInput {
        try (TraceInput input = TraceInput.open(ROOT.resolve(name).toString())) {
            return new RecordingImporter(name, ReadOptions.NONE, chunkMax, sink)
                    .run(input)
                    .toRun(name);
        }
    }

    /** A recording as a file with chunks of at most so many events. */
    static byte[] of(String name, int chunkMax) throws IOException, UnreadableInput {
        Run run = importRecording(name, chunkMax, ignored -> {});
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RunFileWriter file = new RunFileWriter(out, run, TOOL)) {
            importRecording(name, chunkMax, file);
        }
        return out.toByteArray();
    }

    static RunFileContents read(byte[] file, EventSink sink) throws IOException, UnreadableInput {
        try (RunFileReader reader = RunFileReader.open(input(file))) {
            return reader.read(sink);
        }
    }

    static CollectedEvents events(byte[] file) throws IOException, UnreadableInput {
        CollectedEvents events = new CollectedEvents();
        read(file, events);
        return events;
    }

    static TraceInput input(byte[] file) throws UnreadableInput {
        return TraceInput.of("x.trapline", new ByteArrayInputStream(file));
    }

    /** Begins a file of any schema whose frame is sound; a datum is put in with {@code append}. */
    static DataFileWriter<Object> begin(Schema schema, ByteArrayOutputStream out) throws IOException {
        return new DataFileWriter<>(new GenericDatumWriter<>(schema, SpecificData.get()))
                .setCodec(CodecFactory.zstandardCodec(1, true))
                .setSyncInterval(RunFileWriter.BLOCK_BYTES)
                .setMeta(RunFileFormat.TOOL_KEY, TOOL)
                .create(
                        schema,
                        out,
                        RunFileFormat.sync(Map.of(
                                RunFileFormat.SCHEMA_KEY, schema.toString().getBytes(UTF_8),
                                RunFileFormat.CODEC_KEY, RunFileFormat.CODEC.getBytes(UTF_8),
                                RunFileFormat.TOOL_KEY, TOOL.getBytes(UTF_8))));
    }

    /** A chunk as a datum of our schema. */
    static ByteBuffer datum(EventColumns events) {
        byte[] value = new ChunkEncoder().encode(events);
        int branchAt = Envelope.of(value).bodyOffset() - 1;
        value[branchAt] = RunFileFormat.CHUNK_BRANCH << 1;
        return ByteBuffer.wrap(value, branchAt, value.length - branchAt);
    }
}
