package io.trapline.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.TraceChunk;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.StreamKey;
import java.util.Random;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkRoundTripTest {
    private final ChunkEncoder encoder = new ChunkEncoder();
    private final ChunkDecoder decoder = new ChunkDecoder();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 64, 1024, 3000})
    void decodedEventsAreTheEncodedOnes(int count) {
        EventColumns back = new EventColumns();
        for (long seed = 0; seed < 40; seed++) {
            EventColumns events = RandomEvents.of(seed, count);
            decoder.decode(encoder.encode(events), back);
            assertThat(RandomEvents.dump(back)).as("seed %d", seed).isEqualTo(RandomEvents.dump(events));
        }
    }

    @Test
    void partsOfTheColumnsKeepTheirNumbers() {
        EventColumns events = RandomEvents.of(7, 100);
        EventColumns back = new EventColumns();
        decoder.decode(encoder.encode(events, 30, 60), back);
        assertThat(back.firstSeq()).isEqualTo(events.firstSeq() + 30);
        assertThat(back.count()).isEqualTo(30);
        assertThat(back.time(0)).isEqualTo(events.time(30));
        assertThat(back.source(29)).isEqualTo(events.source(59));
    }

    /** Our encoder writes Avro, not something like it: Avro's own reader understands every byte. */
    @Test
    void avroReadsWhatWeWriteAndWeReadWhatAvroWrites() throws Exception {
        EventColumns back = new EventColumns();
        for (long seed = 100; seed < 140; seed++) {
            EventColumns events = RandomEvents.of(seed, 200);
            byte[] ours = encoder.encode(events);
            GenericRecord read = new GenericDatumReader<GenericRecord>(TraceChunk.getClassSchema())
                    .read(null, DecoderFactory.get().binaryDecoder(ours, 10, ours.length - 10, null));
            assertThat(read.get("count")).isEqualTo(200);
            assertThat(read.get("endTime")).isEqualTo(events.time(199));
            decoder.decode(GenericWire.singleObject(read), back);
            assertThat(RandomEvents.dump(back)).as("seed %d", seed).isEqualTo(RandomEvents.dump(events));
        }
    }

    @Test
    void anyDamageIsNoticedOrHarmlessButNeverABug() {
        Random random = new Random(42);
        EventColumns back = new EventColumns();
        byte[] sound = encoder.encode(RandomEvents.of(1, 50));
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = sound.clone();
            for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            byte[] cut =
                    random.nextInt(4) == 0 ? java.util.Arrays.copyOf(damaged, random.nextInt(damaged.length)) : damaged;
            try {
                decoder.decode(cut, back);
            } catch (ForeignBytesException | UnknownSchemaException expected) {
                assertThat(expected).hasMessageMatching("(?s).+");
            }
        }
    }

    @Test
    void foreignBytesAreNamedAsSuch() {
        EventColumns back = new EventColumns();
        assertThatThrownBy(() -> decoder.decode("hello".getBytes(java.nio.charset.StandardCharsets.UTF_8), back))
                .isInstanceOf(ForeignBytesException.class);
        assertThatThrownBy(() -> decoder.decode(new byte[0], back)).isInstanceOf(ForeignBytesException.class);
        assertThatThrownBy(() -> decoder.decode(new byte[] {0, 0, 0, 0, 9, 1}, back))
                .isInstanceOf(UnknownSchemaException.class)
                .hasMessageContaining("schema.registry.url");
    }

    @Test
    void aRecordOfAnotherTypeIsForeign() {
        KnownSchemas known = KnownSchemas.of(TraceChunk.getClassSchema());
        known.add(Run.getClassSchema());
        byte[] header = new ChunkEncoder().encode(RandomEvents.of(3, 1));
        byte[] other = java.nio.ByteBuffer.wrap(header.clone())
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .putLong(2, KnownSchemas.fingerprint(Run.getClassSchema()))
                .array();
        assertThatThrownBy(() -> new ChunkDecoder(known).decode(other, new EventColumns()))
                .isInstanceOf(ForeignBytesException.class)
                .hasMessageContaining("Run");
    }

    @Test
    void streamKeysSurviveAnyName() {
        StreamKey key = new StreamKey("a/b c%ä+", "vm/0", 3);
        assertThat(key.encode()).isEqualTo("a%2Fb%20c%25%C3%A4%2B/vm%2F0/3");
        assertThat(StreamKey.decode(key.encode())).isEqualTo(key);
    }
}
