package io.trapline.producer.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.producer.CollectedEvents;
import io.trapline.producer.GoldenFile;
import io.trapline.producer.RecordingSummary;
import io.trapline.producer.source.UnreadableInput;
import io.trapline.schemas.event.EventKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real recordings: every line is understood, and what comes out is what was reviewed. */
class RecordingsTest {
    /** Written without a look at the importer: the comm fills 16 columns, then come pid, cpu, flags, time and name. */
    private static final Pattern EXIT_LINE = Pattern.compile(
            "^.{16}-\\d+ +(\\([ \\d-]+\\) )?\\[\\d+\\] (\\S{4,5} )?[ \\d.]+: kvm_exit: ", Pattern.MULTILINE);

    static List<String> recordings() throws IOException {
        return Recordings.all();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void everyLineIsUnderstood(String name) throws IOException, UnreadableInput {
        RecordingSummary summary = Recordings.importFile(name, RecordingImporter.CHUNK_EVENTS_MAX, events -> {});

        String text = new String(Recordings.text(name), StandardCharsets.UTF_8);
        long exits = EXIT_LINE.matcher(text).results().count();
        long headers = text.lines()
                .filter(line -> line.startsWith("#") || line.startsWith("CPU:"))
                .count();
        long gaps = summary.eventsByKind().getOrDefault(EventKind.GAP, 0L);
        assertThat(summary.unparsed()).isZero();
        assertThat(summary.eventsByKind().getOrDefault(EventKind.VM_EXIT, 0L)).isEqualTo(exits);
        assertThat(summary.events() - gaps).isEqualTo(text.lines().count() - headers);
        assertThat(summary.clamps()).isZero();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void theImportIsAsReviewed(String name) throws IOException, UnreadableInput {
        CollectedEvents events = new CollectedEvents();
        RecordingSummary summary = Recordings.importFile(name, RecordingImporter.CHUNK_EVENTS_MAX, events);

        GoldenFile.check("imports/" + name + ".report", ImportReport.of(summary, events));
    }
}
