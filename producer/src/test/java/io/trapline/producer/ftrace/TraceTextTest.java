package io.trapline.producer.ftrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trapline.producer.RecordingSummary;
import io.trapline.producer.format.ReadOptions;
import io.trapline.producer.format.RecordingImporter;
import io.trapline.producer.source.TraceInput;
import io.trapline.producer.source.UnreadableInput;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventFlags;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.StreamKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A recording that is imported and written again is the recording, line by line. */
class TraceTextTest {
    private static final Path RECORDINGS = Path.of("src/test/resources/recordings");

    /** One thread on one CPU: nothing was merged by a kernel whose order at the same microsecond we do not know. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "bochs-amx/direct-linux-6.1/s1-xfd-arm-nm.txt",
                "bochs-amx/direct-linux-6.1/s6-cr0ts-nm-and-stale-xfd-err.txt",
                "bochs-amx/direct-linux-6.1/s8-irqchip-timer.txt"
            })
    void writesTheLinesThatWereRead(String name) throws IOException, UnreadableInput {
        List<String> lines;
        TraceText text = new TraceText();
        RecordingSummary summary;
        try (TraceInput input = TraceInput.open(RECORDINGS.resolve(name).toString())) {
            summary = new RecordingImporter("run", ReadOptions.NONE, 100, text).run(input);
        }
        try (TraceInput input = TraceInput.open(RECORDINGS.resolve(name).toString())) {
            lines = new String(input.text().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }

        List<String> written = written(text, summary.toRun("run"));

        assertThat(events(written)).containsExactlyElementsOf(events(lines));
    }

    @Test
    void whatWasWrittenIsReadAsTheSameThreadOfTheSameVm() throws IOException, UnreadableInput {
        TraceText text = new TraceText();
        Run run;
        String name = "amd-svm/linux-6.1/02-opt-record-tgid/trace.txt";
        try (TraceInput input = TraceInput.open(RECORDINGS.resolve(name).toString())) {
            run = new RecordingImporter("run", ReadOptions.NONE, 100, text)
                    .run(input)
                    .toRun("run");
        }
        byte[] bytes = bytes(text, run);

        Run again;
        try (TraceInput input = TraceInput.of("again.txt", new ByteArrayInputStream(bytes))) {
            again = new RecordingImporter("run", ReadOptions.NONE, 100, events -> {})
                    .run(input)
                    .toRun("run");
        }

        assertThat(again.getUnparsed()).isZero();
        assertThat(again.getStreams())
                .filteredOn(stream -> !stream.getVm().equals(StreamKey.HOST))
                .hasSameSizeAs(run.getStreams().stream()
                        .filter(stream -> !stream.getVm().equals(StreamKey.HOST))
                        .toList())
                .allSatisfy(stream -> assertThat(stream.getVmGuessed()).isFalse());
    }

    @Test
    void aStreamWithoutAThreadIsRefused() {
        TraceText text = new TraceText();
        EventColumns columns = new EventColumns();
        columns.reset(new StreamKey("run", "vm", 3), 1_000_000_000, 0);
        columns.append(EventKind.VM_ENTRY, 5, 0, EventFlags.NONE, 1);
        text.accept(columns);

        assertThatThrownBy(() -> text.writeTo(new ByteArrayOutputStream(), emptyRun()))
                .hasMessageContaining("no thread of");
    }

    /** A run whose only thread never showed a vCPU. */
    private static Run emptyRun() throws IOException, UnreadableInput {
        String line = "  vmm-136     [000] .....     2.192382: kvm_fpu: load\n";
        try (TraceInput input =
                TraceInput.of("one.txt", new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)))) {
            return new RecordingImporter("run", ReadOptions.NONE, 100, events -> {})
                    .run(input)
                    .toRun("run");
        }
    }

    private static List<String> written(TraceText text, Run run) throws IOException {
        return new String(bytes(text, run), StandardCharsets.UTF_8).lines().toList();
    }

    private static byte[] bytes(TraceText text, Run run) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        text.writeTo(out, run);
        return out.toByteArray();
    }

    /** Without what depends on options: process, and preempt depth, which Trapline does not keep. */
    private static List<String> events(List<String> lines) {
        return lines.stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceFirst(" \\( *[0-9]+\\) ", " ")
                        .replaceFirst("(\\[[0-9]+\\] ...).. ", "$1.. ")
                        .stripTrailing())
                .toList();
    }
}
