package io.trapline.producer.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trapline.producer.emulator.Emulator;
import io.trapline.producer.emulator.EmulatorOptions;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventFields;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.StreamKey;
import io.trapline.schemas.wire.ChunkDecoder;
import io.trapline.schemas.wire.ChunkEncoder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkCutterTest {
    private static final StreamKey STREAM = new StreamKey("run", "1", 0);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100, 1_024, 5_000})
    void whereItCutsDoesNotChangeTheStream(int eventsMax) {
        EventColumns all = emulated();

        List<byte[]> chunks = cut(new ChunkCutter(eventsMax, ChunkCutter.BYTES_MAX), all);

        assertThat(encoded(joined(chunks))).isEqualTo(encoded(all));
    }

    @Test
    void keepsTheLimitOfEvents() {
        EventColumns events = texts(2_500, 1);

        List<Integer> counts = new ArrayList<>();
        new ChunkCutter().cut(events, (stream, value, count) -> counts.add(count));

        assertThat(counts).containsExactly(1_024, 1_024, 452);
    }

    @Test
    void keepsTheLimitOfBytes() {
        EventColumns events = texts(1_000, 500);

        List<byte[]> chunks = cut(new ChunkCutter(), events);

        assertThat(chunks)
                .hasSizeGreaterThan(7)
                .allSatisfy(chunk -> assertThat(chunk.length).isLessThanOrEqualTo(ChunkCutter.BYTES_MAX));
        assertThat(encoded(joined(chunks))).isEqualTo(encoded(events));
    }

    @Test
    void anEventLargerThanAChunkIsAChunk() {
        EventColumns events = texts(3, 100_000);

        assertThat(cut(new ChunkCutter(), events)).hasSize(3);
    }

    @Test
    void noEventsAreNoChunk() {
        assertThat(cut(new ChunkCutter(), texts(0, 1))).isEmpty();
    }

    @Test
    void refusesChunksOfNothing() {
        assertThatThrownBy(() -> new ChunkCutter(0, 1)).hasMessageContaining("at most 0 events");
    }

    private static EventColumns emulated() {
        EventColumns all = new EventColumns();
        new Emulator(EmulatorOptions.ofSeed(9).withEvents(4_000)).run(events -> {
            if (all.count() == 0) {
                all.reset(events.stream(), events.clockHz(), 0);
            }
            for (int row = 0; row < events.count(); row++) {
                all.appendFrom(events, row);
            }
        });
        return all;
    }

    private static EventColumns texts(int count, int length) {
        EventColumns events = new EventColumns();
        events.reset(STREAM, 0, 0);
        for (int i = 0; i < count; i++) {
            events.append(EventKind.OTHER_EVENT, i, 0, 0, i + 1);
            events.setText(EventFields.OtherEvent.NAME, "name");
            events.setText(EventFields.OtherEvent.TEXT, "x".repeat(length));
        }
        return events;
    }

    private static List<byte[]> cut(ChunkCutter cutter, EventColumns events) {
        List<byte[]> chunks = new ArrayList<>();
        cutter.cut(events, (stream, value, count) -> chunks.add(value));
        return chunks;
    }

    private static EventColumns joined(List<byte[]> chunks) {
        ChunkDecoder decoder = new ChunkDecoder();
        EventColumns chunk = new EventColumns();
        EventColumns all = new EventColumns();
        for (byte[] value : chunks) {
            decoder.decode(value, chunk);
            if (all.count() == 0) {
                all.reset(chunk.stream(), chunk.clockHz(), 0);
            }
            assertThat(chunk.firstSeq()).isEqualTo(all.count());
            for (int row = 0; row < chunk.count(); row++) {
                all.appendFrom(chunk, row);
            }
        }
        return all;
    }

    private static byte[] encoded(EventColumns events) {
        return new ChunkEncoder().encode(events);
    }
}
