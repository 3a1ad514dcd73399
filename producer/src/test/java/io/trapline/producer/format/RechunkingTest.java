package io.trapline.producer.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.producer.CollectedEvents;
import io.trapline.producer.RecordingSummary;
import io.trapline.producer.source.UnreadableInput;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing depends on where chunks are cut. */
class RechunkingTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bochs-amx/direct-linux-6.1/s1-allmsr.txt",
                "amd-svm/linux-5.10/03-smp2/trace.txt.gz",
                "amd-svm/linux-6.1/04-lost-trace/trace1.txt",
                "amd-svm/linux-6.1/11-two-vms/trace.txt.gz"
            })
    void chunksOfAnySizeGiveTheSameStreams(String name) throws IOException, UnreadableInput {
        CollectedEvents whole = new CollectedEvents();
        RecordingSummary summary = Recordings.importFile(name, RecordingImporter.CHUNK_EVENTS_MAX, whole);

        for (int chunkMax : new int[] {1, 7}) {
            CollectedEvents cut = new CollectedEvents();
            RecordingSummary cutSummary = Recordings.importFile(name, chunkMax, cut);

            assertThat(cut.chunkEventsMax()).isLessThanOrEqualTo(chunkMax);
            assertThat(cut.streams()).isEqualTo(whole.streams());
            assertThat(cutSummary).isEqualTo(summary);
        }
    }
}
