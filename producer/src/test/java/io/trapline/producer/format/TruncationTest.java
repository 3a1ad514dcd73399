package io.trapline.producer.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.producer.CollectedEvents;
import io.trapline.producer.ImportProblem;
import io.trapline.producer.RecordingSummary;
import io.trapline.producer.source.UnreadableInput;
import io.trapline.schemas.event.StreamKey;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A recording that was cut loses what the torn line said and nothing else. */
class TruncationTest {
    private static final long SEED = 20_260_726;
    private static final int CUTS = 60;

    /** Header and first event end well before this in the recordings used. */
    private static final int HEADER_BYTES = 1_500;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bochs-amx/direct-linux-6.1/s4-nm-loop.txt",
                "amd-svm/linux-6.1/02-opt-record-tgid/trace.txt",
                "amd-svm/linux-6.1/10-comm-colon/trace.txt"
            })
    void onlyTheTornLineIsLost(String name) throws IOException, UnreadableInput {
        byte[] text = Recordings.text(name);
        Random random = new Random(SEED);
        for (int i = 0; i < CUTS; i++) {
            int length = HEADER_BYTES + random.nextInt(text.length - HEADER_BYTES);
            byte[] cut = Arrays.copyOf(text, length);
            boolean torn = cut[length - 1] != '\n';
            CollectedEvents ofCut = new CollectedEvents();
            CollectedEvents ofWholeLines = new CollectedEvents();

            RecordingSummary summary = Recordings.importBytes(cut, ofCut);

            Recordings.importBytes(Arrays.copyOf(text, afterLastLine(cut)), ofWholeLines);
            assertThat(summary.unparsed())
                    .as("seed %d, cut at %d", SEED, length)
                    .isEqualTo(torn ? 1 : 0);
            assertThat(without(summary.lines(), torn, ofCut.streams()))
                    .as("seed %d, cut at %d", SEED, length)
                    .isEqualTo(ofWholeLines.streams());
        }
    }

    /** The streams without what was kept of a torn last line, which is its text at most. */
    private static Map<StreamKey, List<String>> without(long line, boolean torn, Map<StreamKey, List<String>> streams) {
        Map<StreamKey, List<String>> rest = new HashMap<>();
        streams.forEach((key, events) -> {
            List<String> left = events.stream()
                    .filter(event -> !torn || !event.contains(" source=" + line + " "))
                    .toList();
            events.stream()
                    .filter(event -> !left.contains(event))
                    .forEach(event -> assertThat(event).startsWith("OTHER_EVENT"));
            if (!left.isEmpty()) {
                rest.put(key, left);
            }
        });
        return rest;
    }

    @ParameterizedTest
    @ValueSource(strings = {"amd-svm/linux-5.10/03-smp2/trace.txt.gz", "intel-vmx/linux-6.1/03-smp2/trace.txt.zst"})
    void ofACutPackedFileTheBeginningIsKept(String name) throws IOException, UnreadableInput {
        byte[] packed = Files.readAllBytes(Recordings.ROOT.resolve(name));

        RecordingSummary summary = Recordings.importBytes(Arrays.copyOf(packed, packed.length / 2), events -> {});

        List<ImportProblem.Code> codes =
                summary.problems().stream().map(ImportProblem::code).toList();
        assertThat(codes).contains(ImportProblem.Code.SOURCE_CUT);
        assertThat(summary.events()).isGreaterThan(1_000);
        assertThat(summary.unparsed()).isLessThanOrEqualTo(1);
    }

    private static int afterLastLine(byte[] cut) {
        int length = cut.length;
        while (cut[length - 1] != '\n') {
            length--;
        }
        return length;
    }
}
