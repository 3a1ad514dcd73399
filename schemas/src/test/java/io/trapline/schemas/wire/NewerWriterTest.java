package io.trapline.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trapline.schemas.avro.TraceChunk;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventFields.VmExit;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.StreamKey;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;

/** Version N reads what version N+1 writes: a new kind is a counted unknown, a new field in a known event is ignored. */
class NewerWriterTest {
    private static final int NEW_KIND = freeCode();
    private static final Schema NEWER = newer();

    @Test
    void aNewKindIsAnUnknownAndShiftsNothing() throws Exception {
        KnownSchemas known = KnownSchemas.of(TraceChunk.getClassSchema());
        known.add(NEWER);
        EventColumns back = new EventColumns();
        new ChunkDecoder(known).decode(newerChunk(), back);
        assertThat(back.count()).isEqualTo(3);
        assertThat(back.kind(0)).isEqualTo(EventKind.VM_EXIT);
        assertThat(back.kind(1)).isEqualTo(EventKind.UNKNOWN);
        assertThat(back.code(1)).isEqualTo(NEW_KIND);
        assertThat(back.kind(2)).isEqualTo(EventKind.VM_EXIT);
        assertThat(back.get(0, VmExit.EXIT_REASON)).isEqualTo(10);
        assertThat(back.get(2, VmExit.EXIT_REASON)).isEqualTo(12);
        assertThat(back.get(2, VmExit.RIP)).isEqualTo(0x1002);
        assertThat(back.time(2)).isEqualTo(102);
    }

    /** The same bytes under an unknown fingerprint stop the reader: guessing the layout would be silently wrong. */
    @Test
    void anUnknownFingerprintIsNeverDecodedByHand() throws Exception {
        byte[] bytes = newerChunk();
        assertThatThrownBy(() -> new ChunkDecoder().decode(bytes, new EventColumns()))
                .isInstanceOf(UnknownSchemaException.class)
                .hasMessageContaining("fingerprint");
    }

    private static int freeCode() {
        int code = 1;
        while (EventKind.ofCode(code) != EventKind.UNKNOWN) {
            code++;
        }
        return code;
    }

    private static byte[] newerChunk() throws Exception {
        EventColumns events = new EventColumns();
        events.reset(new StreamKey("run", "vm-0", 0), 0, 0);
        for (int i = 0; i < 3; i++) {
            events.append(EventKind.VM_EXIT, 100 + i, 0, 0, i + 1);
            events.set(VmExit.EXIT_REASON, 10 + i);
            events.set(VmExit.ISA, 1);
            events.set(VmExit.RIP, 0x1000 + i);
        }
        byte[] current = new ChunkEncoder().encode(events);
        GenericRecord chunk = new GenericDatumReader<GenericRecord>(TraceChunk.getClassSchema(), NEWER)
                .read(null, DecoderFactory.get().binaryDecoder(current, 10, current.length - 10, null));
        chunk.put("order", ByteBuffer.wrap(new byte[] {2, (byte) NEW_KIND, 2}));
        @SuppressWarnings("unchecked")
        List<GenericRecord> exits = (List<GenericRecord>) chunk.get("vmExits");
        GenericRecord future =
                new GenericData.Record(NEWER.getField("futureEvents").schema().getElementType());
        future.put("what", "something of kernel 9");
        chunk.put("vmExits", List.of(exits.get(0), exits.get(2)));
        chunk.put("futureEvents", List.of(future));
        return GenericWire.singleObject(chunk);
    }

    private static Schema newer() {
        try {
            ObjectMapper json = new ObjectMapper();
            ObjectNode schema =
                    (ObjectNode) json.readTree(TraceChunk.getClassSchema().toString());
            ArrayNode fields = (ArrayNode) schema.get("fields");
            for (var field : fields) {
                if (field.get("name").asText().equals("vmExits")) {
                    ((ArrayNode) field.get("type").get("items").get("fields"))
                            .insert(
                                    0,
                                    json.readTree("{\"name\":\"nanosecondsInGuest\",\"type\":\"long\",\"default\":0}"));
                }
            }
            fields.add(
                    json.readTree(
                            "{\"name\":\"futureEvents\",\"default\":[],\"type\":{\"type\":\"array\",\"items\":"
                                    + "{\"type\":\"record\",\"name\":\"FutureEvent\",\"fields\":[{\"name\":\"what\",\"type\":\"string\"}]}}}"));
            return new Schema.Parser().parse(schema.toString());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
