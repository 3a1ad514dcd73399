package io.trapline.producer.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.producer.EventSink;
import io.trapline.producer.RecordingSummary;
import io.trapline.producer.source.TraceInput;
import io.trapline.producer.source.UnreadableInput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The real recordings among the test resources, and short ways to import. */
final class Recordings {
    static final Path ROOT = Path.of("src/test/resources/recordings");

    /** Run that tests key their streams with. */
    static final String RUN = "run";

    private Recordings() {}

    /** Names below {@link #ROOT}. */
    static List<String> all() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> ROOT.relativize(file).toString())
                    .filter(name -> name.contains(".txt"))
                    .sorted()
                    .toList();
        }
    }

    static RecordingSummary importFile(String name, int chunkMax, EventSink sink) throws IOException, UnreadableInput {
        try (TraceInput input = TraceInput.open(ROOT.resolve(name).toString())) {
            return new RecordingImporter(RUN, ReadOptions.NONE, chunkMax, sink).run(input);
        }
    }

    static RecordingSummary importBytes(byte[] bytes, EventSink sink) throws IOException, UnreadableInput {
        try (TraceInput input = TraceInput.of("test.txt", new ByteArrayInputStream(bytes))) {
            return new RecordingImporter(RUN, ReadOptions.NONE, RecordingImporter.CHUNK_EVENTS_MAX, sink).run(input);
        }
    }

    static RecordingSummary importText(String text, EventSink sink) throws IOException, UnreadableInput {
        return importBytes(text.getBytes(StandardCharsets.UTF_8), sink);
    }

    /** The unpacked bytes of a recording, of one that is cut so much as can be unpacked. */
    static byte[] text(String name) throws IOException, UnreadableInput {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (TraceInput input = TraceInput.open(ROOT.resolve(name).toString())) {
            byte[] some = new byte[8192];
            for (int got = input.text().read(some); got >= 0; got = input.text().read(some)) {
                text.write(some, 0, got);
            }
        } catch (EOFException cut) {
            assertThat(name).contains("cut");
        }
        return text.toByteArray();
    }
}
