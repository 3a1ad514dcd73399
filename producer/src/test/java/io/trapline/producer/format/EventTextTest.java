package io.trapline.producer.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.producer.EventSink;
import io.trapline.producer.source.TraceInput;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.EventText;
import io.trapline.schemas.event.EventView;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing of an event is lost on the way in: printed again as the kernel does it, it is the line that it came from. */
class EventTextTest {
    private static final Path RECORDINGS = Path.of("src/test/resources/recordings");

    /** Recordings of the kernel whose forms {@link EventText} prints. */
    static Stream<Path> recordings() throws IOException {
        try (Stream<Path> files = Files.walk(RECORDINGS)) {
            return files
                    .filter(file -> Files.isRegularFile(file) && file.toString().contains("linux-6.1"))
                    .filter(EventTextTest::isKernelText)
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    /** Not what trace-cmd and perf make of it, nor lines that were damaged on purpose, nor options that leave out the text. */
    private static boolean isKernelText(Path file) {
        String name = file.toString();
        return !name.contains("/report")
                && !name.contains("/script")
                && !name.contains("15-truncated")
                && !name.contains("opt-raw")
                && !name.contains("opt-hex");
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void everyEventPrintsAsTheLineItCameFrom(Path file) throws Exception {
        Map<Long, String> printed = new HashMap<>();
        try (TraceInput input = TraceInput.open(file.toString())) {
            new RecordingImporter("run", ReadOptions.NONE, 1024, printInto(printed)).run(input);
        }
        List<String> lines = lines(file);
        assertThat(printed).isNotEmpty();
        printed.forEach((line, text) -> assertThat(
                        ": " + lines.get((int) (line - 1)).stripTrailing())
                .as("line %d", line)
                .endsWith(": " + text));
    }

    private static EventSink printInto(Map<Long, String> printed) {
        EventView event = new EventView();
        return events -> {
            for (int row = 0; row < events.count(); row++) {
                event.on(events, row);
                if (!event.isCopy() && event.kind() != EventKind.GAP) {
                    printed.put(event.source(), EventText.of(event).stripTrailing());
                }
            }
        };
    }

    private static List<String> lines(Path file) throws Exception {
        try (TraceInput input = TraceInput.open(file.toString());
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(input.text(), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }
}
