package io.trapline.producer.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.producer.CollectedEvents;
import io.trapline.producer.RecordingSummary;
import io.trapline.producer.source.UnreadableInput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A recording with random damage is imported all the same, and each damaged line costs at most itself. */
class MutationTest {
    private static final long SEED = 26_11_25;
    private static final int ROUNDS = 40;
    private static final int DAMAGES = 50;
    private static final int HEADER_BYTES = 1_500;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bochs-amx/direct-linux-6.1/s8-irqchip-timer.txt",
                "amd-svm/linux-6.1/04-lost-trace/trace1.txt",
                "amd-svm/linux-5.10/01-tiny-all/trace.txt"
            })
    void damageIsCountedAndSurvived(String name) throws IOException, UnreadableInput {
        byte[] text = Recordings.text(name);
        long events = Recordings.importBytes(text, ignored -> {}).events();
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(SEED + round);
            CollectedEvents collected = new CollectedEvents();

            RecordingSummary summary = Recordings.importBytes(damaged(text, random), collected);

            // A damaged line feed joins two lines; a damaged loss marker takes its gaps along.
            assertThat(summary.events()).as("seed %d", SEED + round).isGreaterThan(events - 3 * DAMAGES);
            assertThat(summary.unparsed()).as("seed %d", SEED + round).isLessThanOrEqualTo(2 * DAMAGES);
        }
    }

    /** Random bytes at random places behind the header. */
    private static byte[] damaged(byte[] text, Random random) {
        byte[] damaged = Arrays.copyOf(text, text.length);
        for (int i = 0; i < DAMAGES; i++) {
            int place = HEADER_BYTES + random.nextInt(text.length - HEADER_BYTES);
            damaged[place] = (byte) random.nextInt(256);
        }
        return damaged;
    }
}
