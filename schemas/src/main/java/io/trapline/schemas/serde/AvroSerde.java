package io.trapline.schemas.serde;

import io.trapline.schemas.wire.RecordCodec;
import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Serde of one record type. Writes single-object encoding, or the registry's form where {@code schema.registry.url} is
 * set; reads both, whatever is set. A tombstone stays a tombstone.
 */
public final class AvroSerde<T extends SpecificRecordBase> implements Serde<T> {
    /** Setting that names the registry; Kafka's and everybody's name for it. */
    public static final String REGISTRY_URL = "schema.registry.url";

    private final Class<T> type;
    private SchemaRegistry registry;
    /** Made once: it reads all versions of the schema, and Kafka Streams asks for a deserializer with every value. */
    private volatile RecordCodec<T> codec;

    public AvroSerde(Class<T> type) {
        this.type = type;
    }

    /** A serde that has been told its settings. */
    public static <T extends SpecificRecordBase> AvroSerde<T> of(Class<T> type, Map<String, ?> settings) {
        AvroSerde<T> serde = new AvroSerde<>(type);
        serde.configure(settings, false);
        return serde;
    }

    @Override
    public void configure(Map<String, ?> settings, boolean isKey) {
        registry = SchemaRegistry.of(settings);
        codec = null;
    }

    private RecordCodec<T> codec() {
        RecordCodec<T> made = codec;
        if (made == null) {
            made = new RecordCodec<>(type, registry);
            codec = made;
        }
        return made;
    }

    @Override
    public Serializer<T> serializer() {
        RecordCodec<T> own = codec();
        return (topic, value) -> {
            if (value == null) {
                return null;
            }
            byte[] bytes = own.encode(value);
            return registry == null ? bytes : registry.reframe(topic, value.getSchema(), bytes);
        };
    }

    @Override
    public Deserializer<T> deserializer() {
        RecordCodec<T> own = codec();
        return (topic, bytes) -> bytes == null ? null : own.decode(bytes);
    }
}
