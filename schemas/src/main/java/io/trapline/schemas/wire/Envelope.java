package io.trapline.schemas.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The two envelopes an Avro value travels in: Avro single-object encoding (C3 01, fingerprint of the writer's schema)
 * and the schema registry's (00, 4-byte id). Readers accept both side by side, because the log outlives the setting.
 */
public record Envelope(Form form, long schemaKey, int bodyOffset) {
    /** Which envelope. {@link #FOREIGN}: neither, or too short to be one. */
    public enum Form {
        SINGLE_OBJECT,
        REGISTRY,
        FOREIGN
    }

    static final int SINGLE_OBJECT_LENGTH = 10;
    static final int REGISTRY_LENGTH = 5;
    private static final byte MARKER_0 = (byte) 0xC3;
    private static final byte MARKER_1 = 1;

    /** Reads the envelope of these bytes; {@code schemaKey} is the fingerprint or the registry's id. */
    public static Envelope of(byte[] value) {
        if (value.length >= SINGLE_OBJECT_LENGTH && value[0] == MARKER_0 && value[1] == MARKER_1) {
            long fingerprint =
                    ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
            return new Envelope(Form.SINGLE_OBJECT, fingerprint, SINGLE_OBJECT_LENGTH);
        }
        if (value.length >= REGISTRY_LENGTH && value[0] == 0) {
            return new Envelope(Form.REGISTRY, ByteBuffer.wrap(value).getInt(1), REGISTRY_LENGTH);
        }
        return new Envelope(Form.FOREIGN, 0, 0);
    }

    static void writeSingleObject(WireBuffer out, long fingerprint) {
        out.writeByte(MARKER_0);
        out.writeByte(MARKER_1);
        out.writeLittleEndian64(fingerprint);
    }
}
