package io.trapline.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.app.proof.TraceLines;
import io.trapline.app.report.JsonReport;
import io.trapline.app.report.SummaryDocument;
import io.trapline.producer.RecordingSummary;
import io.trapline.producer.format.ReadOptions;
import io.trapline.producer.format.RecordingImporter;
import io.trapline.producer.source.TraceInput;
import io.trapline.producer.source.UnreadableInput;
import io.trapline.schemas.event.EventKind;
import io.trapline.streams.totals.Analysis;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is done to a recording, it is read or refused with a sentence, each of its lines is in the books once, and the
 * books of the analysis balance.
 */
class MutatedRecordingsTest {
    private static final int FILE_BYTES_MAX = 200_000;
    /** Of a recording that unpacks to more, the beginning: the damage matters, not the length. */
    private static final int TEXT_BYTES_MAX = 60_000;

    private static final int ROUNDS = 10;
    private static final int MUTATIONS_MAX = 20;

    private static final List<String> JUNK = List.of(
            "",
            "what is this",
            "CPU:1 [LOST 7 EVENTS]",
            "CPU:65535 [LOST EVENTS]",
            "##### CPU 0 buffer started ####",
            "# tracer: nop",
            "# entries-in-buffer/entries-written: 3/5   #P:2",
            "cpus=2",
            "\tffffffffc07a1b2c vmx_vcpu_run+0x1c ([kvm_intel])",
            "       CPU 0/KVM-683     [000] d..1. 999999999.999999: kvm_entry: vcpu 0, rip 0x1",
            "       CPU 0/KVM-683     [000] d..1.     0.000000: kvm_exit: vcpu 0 reason 0xffffffff rip 0x0 info1 0x0 info2 0x0",
            "       CPU 0/KVM-683     [000] d..1.     9.295080123: kvm_entry: vcpu 0, rip 0x1",
            "       CPU 0/KVM-1     (    687) [9999] d..1.     3.000000: kvm_entry: vcpu 1073741824, rip 0x1",
            "\0\0\0\0\0\0\0\0\0\0\0\0",
            "\033[31m<script>alert(1)</script>");

    static Stream<Path> recordings() throws IOException {
        return TraceLines.recordings().stream().filter(file -> file.toFile().length() < FILE_BYTES_MAX);
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void theBooksBalance(Path recording) throws IOException {
        byte[] text = text(recording);
        for (int round = 0; round < ROUNDS; round++) {
            long seed =
                    31L * TraceLines.RECORDINGS.relativize(recording).toString().hashCode() + round;
            check(mutated(text, new Random(seed)), "seed " + seed + " of " + recording);
        }
    }

    private static void check(byte[] text, String what) throws IOException {
        Analysis fold = new Analysis(Analysis.LIVE);
        RecordingSummary summary;
        try (TraceInput input = TraceInput.of("mutated.txt", new ByteArrayInputStream(text))) {
            summary = new RecordingImporter("run", ReadOptions.NONE, 100, fold::accept).run(input);
        } catch (UnreadableInput refused) {
            assertThat(refused).as(what).hasMessageStartingWith("mutated.txt");
            return;
        }
        long byKind = summary.eventsByKind().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        long gaps = summary.eventsByKind().getOrDefault(EventKind.GAP, 0L);
        assertThat(byKind).as(what).isEqualTo(summary.events());
        assertThat(summary.linesRead().events()).as(what).isEqualTo(summary.events() - gaps);
        assertThat(summary.linesRead().events()
                        + summary.linesRead().others()
                        + summary.linesRead().unread())
                .as(what)
                .isEqualTo(summary.lines());
        assertThat(summary.unparsed())
                .as(what)
                .isGreaterThanOrEqualTo(summary.linesRead().unread());
        SummaryDocument document = RunDocument.of(fold.finish(summary.toRun("run")));
        assertThat(document.audit().imbalances()).as(what).isEmpty();
        assertThat(JsonReport.write(document)).as(what).contains("\"balanced\": true");
    }

    private static byte[] mutated(byte[] text, Random random) {
        List<byte[]> lines = lines(text);
        int mutations = 1 + random.nextInt(MUTATIONS_MAX);
        for (int i = 0; i < mutations; i++) {
            mutate(lines, random);
        }
        byte[] whole = joined(lines);
        boolean cut = random.nextInt(4) == 0;
        return cut ? Arrays.copyOf(whole, 1 + random.nextInt(whole.length)) : whole;
    }

    private static void mutate(List<byte[]> lines, Random random) {
        int at = random.nextInt(lines.size());
        switch (random.nextInt(6)) {
            case 0 -> flip(lines.get(at), random);
            case 1 -> lines.remove(at);
            case 2 -> lines.add(at, lines.get(random.nextInt(lines.size())).clone());
            case 3 -> Collections.swap(lines, at, Math.min(at + 1, lines.size() - 1));
            case 4 -> lines.set(at, Arrays.copyOf(lines.get(at), random.nextInt(lines.get(at).length + 1)));
            default -> lines.add(at, JUNK.get(random.nextInt(JUNK.size())).getBytes(StandardCharsets.UTF_8));
        }
        if (lines.isEmpty()) {
            lines.add(new byte[0]);
        }
    }

    private static void flip(byte[] line, Random random) {
        for (int i = 0; i < 3 && line.length > 0; i++) {
            line[random.nextInt(line.length)] = (byte) random.nextInt(256);
        }
    }

    private static List<byte[]> lines(byte[] text) {
        List<byte[]> lines = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < text.length; at++) {
            if (text[at] == '\n') {
                lines.add(Arrays.copyOfRange(text, from, at));
                from = at + 1;
            }
        }
        return lines;
    }

    private static byte[] joined(List<byte[]> lines) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] line : lines) {
            whole.write(line, 0, line.length);
            whole.write('\n');
        }
        return whole.toByteArray();
    }

    /** The unpacked beginning; of a file that is cut, what can be unpacked. */
    private static byte[] text(Path recording) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        byte[] some = new byte[8_192];
        try (TraceInput input = TraceInput.open(recording.toString())) {
            int got = input.text().read(some);
            while (got >= 0 && text.size() < TEXT_BYTES_MAX) {
                text.write(some, 0, got);
                got = input.text().read(some);
            }
        } catch (UnreadableInput | java.io.EOFException cut) {
            assertThat(recording.toString()).contains("cut");
        }
        return text.toByteArray();
    }
}
