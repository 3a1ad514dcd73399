package io.trapline.producer.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trapline.producer.emulator.Emulator;
import io.trapline.producer.emulator.EmulatorOptions;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunStatus;
import io.trapline.schemas.avro.RunStream;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.StreamKey;
import io.trapline.schemas.wire.ChunkDecoder;
import io.trapline.schemas.wire.ChunkEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the log has of a run, and how a stream goes on from there. */
class StoredRunTest {
    private static final Emulator EMULATOR =
            new Emulator(EmulatorOptions.ofSeed(1).withEvents(3000));
    private static final Run OPEN = EMULATOR.open();

    private final ChunkEncoder encoder = new ChunkEncoder();
    private final ChunkDecoder decoder = new ChunkDecoder();
    private final StoredRun stored = new StoredRun(OPEN.getRun(), decoder, StoredRun.NUMBERS_ONLY);

    private static List<EventColumns> batches() {
        List<EventColumns> batches = new ArrayList<>();
        EMULATOR.run(events -> {
            EventColumns copy = new EventColumns();
            copy.copyFrom(events);
            batches.add(copy);
        });
        return batches;
    }

    private void take(StoredRun into, long offset, StreamKey key, byte[] value) {
        into.take(2, offset, key.encode().getBytes(StandardCharsets.UTF_8), value);
    }

    @Test
    void itKnowsTheNumbersTheOffsetsAndTheTimeOfTheLastEvent() {
        List<EventColumns> batches = batches();
        StreamKey stream = batches.get(0).stream();
        take(stored, 10, stream, encoder.encode(batches.get(0)));
        take(stored, 11, new StreamKey(OPEN.getRun() + "-2", "1", 0), encoder.encode(batches.get(1)));
        take(stored, 12, stream, "foreign".getBytes(StandardCharsets.UTF_8));
        take(stored, 14, stream, encoder.encode(batches.get(1), 0, 100));
        take(stored, 15, stream, encoder.encode(batches.get(0)));

        long last = batches.get(1).time(99);
        assertThat(stored.streams())
                .containsExactly(java.util.Map.entry(
                        stream, new StoredStream(2, 10, 14, batches.get(0).count() + 100L, last, false)));
    }

    @Test
    void whatLiesBeforeADeletionIsNotThere() {
        List<EventColumns> batches = batches();
        StreamKey stream = batches.get(0).stream();
        take(stored, 10, stream, encoder.encode(batches.get(0)));
        take(stored, 11, stream, null);
        assertThat(stored.streams()).isEmpty();

        take(stored, 12, stream, encoder.encode(batches.get(0), 0, 7));
        assertThat(stored.streams().get(stream).firstOffset()).isEqualTo(12);
        assertThat(stored.streams().get(stream).nextSeq()).isEqualTo(7);
    }

    @Test
    void aStreamGoesOnBehindWhatIsStored() {
        List<EventColumns> batches = batches();
        EventColumns second = batches.get(1);
        StreamKey key = second.stream();
        long cut = second.firstSeq() + 100;
        PublishedStream stream = new PublishedStream(key, 4, new StoredStream(2, 10, 14, cut, second.time(99), false));

        assertThat(stream.storedOf(batches.get(0))).isEqualTo(batches.get(0).count());
        assertThat(stream.storedOf(second)).isEqualTo(100);
        assertThat(stream.storedOf(batches.get(2))).isZero();
        assertThatThrownBy(stream::requireAllDelivered)
                .isInstanceOf(PublishException.class)
                .hasMessageContainingAll("another reading", "runs delete " + OPEN.getRun());
    }

    @Test
    void anotherTimeAtTheBoundaryOrAHoleIsAnotherReading() {
        EventColumns second = batches().get(1);
        long cut = second.firstSeq() + 100;
        PublishedStream stream =
                new PublishedStream(second.stream(), 4, new StoredStream(2, 10, 14, cut, second.time(99) + 1, false));

        assertThatThrownBy(() -> stream.storedOf(second)).hasMessageContaining("event " + (cut - 1));
        assertThatThrownBy(() -> new PublishedStream(second.stream(), 4, new StoredStream(2, 10, 14, cut, 0, true)))
                .hasMessageContaining("events are missing");
    }

    @Test
    void anUnfinishedRunSaysWhatItsEventsTell() {
        List<EventColumns> batches = batches();
        StreamKey key = batches.get(0).stream();
        UnfinishedRun unfinished = new UnfinishedRun(OPEN, decoder);
        StoredRun scan = new StoredRun(OPEN.getRun(), decoder, unfinished);
        take(scan, 10, key, encoder.encode(batches.get(0)));
        take(scan, 11, key, encoder.encode(batches.get(0), 50, batches.get(0).count()));

        Run aborted = unfinished.aborted(scan.streams());

        assertThat(aborted.getStatus()).isEqualTo(RunStatus.ABORTED);
        RunStream stream = aborted.getStreams().get(0);
        assertThat(stream.getEvents()).isEqualTo(batches.get(0).count());
        assertThat(stream.getLastSeq()).isEqualTo(batches.get(0).count() - 1L);
        assertThat(aborted.getFamilies()).anyMatch(family -> family.getFamily().equals("kvm_exit") && family.getSeen());
        assertThat(aborted.getClock()).isEqualTo(OPEN.getClock());
    }
}
