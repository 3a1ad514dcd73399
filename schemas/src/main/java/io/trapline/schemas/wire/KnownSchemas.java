package io.trapline.schemas.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * The schemas that writers may have used: the current one of a record, every one of its history, and what a registry
 * says. Asked once per fingerprint or id; safe for many threads.
 */
public final class KnownSchemas {
    /** Looks up a registry's id; a reader without a registry has none. */
    public interface Registry {
        Schema byId(int id);
    }

    private static final String HISTORY = "/io/trapline/schemas/history/";

    private final Map<Long, Schema> byFingerprint = new ConcurrentHashMap<>();
    private final Map<Integer, Schema> byId = new ConcurrentHashMap<>();
    private final Registry registry;

    private KnownSchemas(Registry registry) {
        this.registry = registry;
    }

    /** All versions of the record that {@code current} is the newest of. */
    public static KnownSchemas of(Schema current, Registry registry) {
        KnownSchemas known = new KnownSchemas(registry);
        known.add(current);
        for (int version = 1; ; version++) {
            try (InputStream in =
                    KnownSchemas.class.getResourceAsStream(HISTORY + current.getName() + "." + version + ".avsc")) {
                if (in == null) {
                    return known;
                }
                known.add(new Schema.Parser().parse(in));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** For reading without a registry. */
    public static KnownSchemas of(Schema current) {
        return of(current, null);
    }

    /** Makes one more writer's schema known. */
    public void add(Schema schema) {
        byFingerprint.put(fingerprint(schema), schema);
    }

    /** The writer's schema of an envelope. */
    public Schema writerOf(Envelope envelope) {
        return switch (envelope.form()) {
            case SINGLE_OBJECT -> {
                Schema schema = byFingerprint.get(envelope.schemaKey());
                if (schema == null) {
                    throw new UnknownSchemaException(String.format(
                            "written with a schema of fingerprint %016x that this version does not know:"
                                    + " read it with the version that wrote it, or a newer one",
                            envelope.schemaKey()));
                }
                yield schema;
            }
            case REGISTRY -> byId.computeIfAbsent((int) envelope.schemaKey(), this::askRegistry);
            case FOREIGN -> throw new ForeignBytesException("neither single-object encoding nor a registry's form");
        };
    }

    public static long fingerprint(Schema schema) {
        return SchemaNormalization.parsingFingerprint64(schema);
    }

    private Schema askRegistry(int id) {
        if (registry == null) {
            throw new UnknownSchemaException(
                    "written with id " + id + " of a schema registry, and none is configured: set schema.registry.url");
        }
        return registry.byId(id);
    }
}
