package io.trapline.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.schemas.avro.TraceChunk;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;

/**
 * Version 1 of the log and ours read each other. {@code recorded/chunk.1.avro} are 300 random events as the encoder of
 * version 1 wrote them, {@code chunk.1.txt} what they were.
 */
class OlderVersionTest {
    private static final Schema VERSION_1 = version1();

    @Test
    void bytesThatVersion1WroteAreTheEventsThatItMeant() throws IOException {
        byte[] bytes = resource("/recorded/chunk.1.avro");
        assertThat(Envelope.of(bytes).schemaKey())
                .isEqualTo(KnownSchemas.fingerprint(VERSION_1))
                .isNotEqualTo(ChunkEncoder.FINGERPRINT);
        EventColumns back = new EventColumns();
        new ChunkDecoder().decode(bytes, back);
        String meant = new String(resource("/recorded/chunk.1.txt"), StandardCharsets.UTF_8);
        assertThat(RandomEvents.dump(back) + "\n").isEqualTo(meant);
    }

    /**
     * What a reader of version 1 gets: all records that it knows, whole, and codes without an array there, which its
     * decoder counts as unknown ({@link NewerWriterTest}).
     */
    @Test
    void aReaderOfVersion1SeesTheNewKindsAsUnknownCodes() throws IOException {
        EventColumns events = RandomEvents.of(5, 500);
        byte[] ours = new ChunkEncoder().encode(events);
        GenericRecord old = new GenericDatumReader<GenericRecord>(TraceChunk.getClassSchema(), VERSION_1)
                .read(null, DecoderFactory.get().binaryDecoder(ours, 10, ours.length - 10, null));
        ByteBuffer order = (ByteBuffer) old.get("order");
        int unknown = 0;
        int[] ofKind = new int[EventKind.CODES];
        for (int row = 0; row < events.count(); row++) {
            assertThat(order.get(row)).isEqualTo((byte) events.code(row));
            ofKind[events.code(row)]++;
            unknown += VERSION_1.getField(events.kind(row).column()) == null ? 1 : 0;
        }
        assertThat(unknown)
                .as("events of kinds that version 1 has no array for")
                .isPositive();
        int known = 0;
        for (EventKind kind : RandomEvents.KINDS) {
            if (VERSION_1.getField(kind.column()) != null) {
                List<?> records = (List<?>) old.get(kind.column());
                assertThat(records).as("%s", kind).hasSize(ofKind[kind.code()]);
                known += records.size();
            }
        }
        assertThat(known + unknown).isEqualTo(events.count());
    }

    private static Schema version1() {
        try {
            return new Schema.Parser()
                    .parse(new String(
                            resource("/io/trapline/schemas/history/TraceChunk.1.avsc"), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (var in = Objects.requireNonNull(OlderVersionTest.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        }
    }
}
