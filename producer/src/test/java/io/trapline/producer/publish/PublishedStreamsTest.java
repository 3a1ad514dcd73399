package io.trapline.producer.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trapline.producer.emulator.Emulator;
import io.trapline.producer.emulator.EmulatorOptions;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunStatus;
import io.trapline.schemas.avro.RunStream;
import io.trapline.schemas.event.StreamKey;
import java.util.List;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

class PublishedStreamsTest {
    private static final int PARTITIONS = 4;
    private static final Run OPEN = new Emulator(EmulatorOptions.ofSeed(1)).open();
    private static final StreamKey VCPU_0 = new StreamKey(OPEN.getRun(), "1", 0);
    private static final StreamKey VCPU_1 = new StreamKey(OPEN.getRun(), "1", 1);

    private final PublishedStreams streams = new PublishedStreams(OPEN.getRun(), PARTITIONS);

    @Test
    void theCompletedRunSaysWhereEachStreamLies() {
        publish(VCPU_0, 10, 100, 104);
        publish(VCPU_1, 3, 7, 7);

        Run run = streams.completed(described(stream(0, 9, 8), stream(1, 2, 3)));

        assertThat(run.getStatus()).isEqualTo(RunStatus.COMPLETE);
        assertThat(run.getStreams())
                .extracting(RunStream::getFirstOffset, RunStream::getLastOffset, RunStream::getEvents)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(100L, 104L, 8L),
                        org.assertj.core.groups.Tuple.tuple(7L, 7L, 3L));
    }

    @Test
    void aStreamLiesWhereKafkasOwnPartitionerWouldPutIt() {
        for (int vcpu = 0; vcpu < 100; vcpu++) {
            PublishedStream stream = streams.of(new StreamKey(OPEN.getRun(), "vm 1/é", vcpu));

            assertThat(stream.partition()).isEqualTo(BuiltInPartitioner.partitionForKey(stream.keyBytes(), PARTITIONS));
        }
    }

    @Test
    void aHoleAnOverlapAndAForeignRunAreBugs() {
        PublishedStream stream = streams.of(VCPU_0);
        stream.expect(0, 5);

        assertThatThrownBy(() -> stream.expect(6, 1)).hasMessageContaining("event 6, expected was 5");
        assertThatThrownBy(() -> stream.expect(4, 1)).hasMessageContaining("event 4, expected was 5");
        assertThatThrownBy(() -> streams.of(new StreamKey("other", "1", 0))).hasMessageContaining("run other");
    }

    @Test
    void aDescriptionThatDoesNotFitWhatWasPublishedIsABug() {
        publish(VCPU_0, 10, 100, 104);

        assertThatThrownBy(() -> streams.completed(described())).hasMessageContaining("has 1 streams");
        assertThatThrownBy(() -> streams.completed(described(stream(0, 8, 9)))).hasMessageContaining("up to 9");
        assertThatThrownBy(() -> streams.completed(described(stream(1, 9, 10)))).hasMessageContaining("1/1");
        assertThatThrownBy(() ->
                        streams.completed(Run.newBuilder(OPEN).setRun("other").build()))
                .hasMessageContaining("cannot end as other");
    }

    private void publish(StreamKey key, int events, long... offsets) {
        PublishedStream stream = streams.of(key);
        stream.expect(0, events);
        for (long offset : offsets) {
            stream.stored(offset);
        }
    }

    private static Run described(RunStream... of) {
        return Run.newBuilder(OPEN).setStreams(List.of(of)).build();
    }

    private static RunStream stream(int vcpu, long lastSeq, long events) {
        return new RunStream("1", vcpu, lastSeq, events, -1, -1L, -1L, false, List.of());
    }
}
