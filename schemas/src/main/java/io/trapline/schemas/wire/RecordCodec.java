package io.trapline.schemas.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Writes a record in single-object encoding and reads it in both envelopes, from any writer's schema that is known. Safe
 * for many threads: Kafka Streams gives one serializer to all of its own.
 */
public final class RecordCodec<T extends SpecificRecordBase> {
    private final Schema schema;
    private final KnownSchemas known;
    private final long fingerprint;
    private final SpecificDatumWriter<T> writer;

    public RecordCodec(Class<T> type, KnownSchemas.Registry registry) {
        OwnRecords.trust();
        schema = SpecificData.get().getSchema(type);
        known = KnownSchemas.of(schema, registry);
        fingerprint = KnownSchemas.fingerprint(schema);
        writer = new SpecificDatumWriter<>(schema);
    }

    public RecordCodec(Class<T> type) {
        this(type, null);
    }

    /** The record in single-object encoding. */
    public byte[] encode(T value) {
        WireBuffer out = new WireBuffer();
        Envelope.writeSingleObject(out, fingerprint);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(body, null);
            writer.write(value, encoder);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        out.writeBytes(body.toByteArray(), 0, body.size());
        return out.toByteArray();
    }

    /**
     * Reads either envelope.
     *
     * @throws ForeignBytesException the bytes are no record of this type
     * @throws UnknownSchemaException the writer's schema is not known
     */
    public T decode(byte[] value) {
        Envelope envelope = Envelope.of(value);
        Schema writerSchema = known.writerOf(envelope);
        if (!writerSchema.getFullName().equals(schema.getFullName())) {
            throw new ForeignBytesException(
                    "a " + writerSchema.getFullName() + " where a " + schema.getName() + " belongs");
        }
        int offset = envelope.bodyOffset();
        try {
            return new SpecificDatumReader<T>(writerSchema, schema)
                    .read(null, DecoderFactory.get().binaryDecoder(value, offset, value.length - offset, null));
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException e) {
            throw new ForeignBytesException("the body is no " + schema.getName() + ": " + e.getMessage(), e);
        }
    }
}
