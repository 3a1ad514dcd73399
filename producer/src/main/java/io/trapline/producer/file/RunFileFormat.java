package io.trapline.producer.file;

import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.TraceChunk;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;

/** What writer and reader of {@code .trapline} files agree on, beside Avro's specification of object containers. */
final class RunFileFormat {
    /** Begins every Avro object container. */
    static final byte[] MAGIC = {'O', 'b', 'j', 1};

    /** Type of every datum: a run, then its chunks. */
    static final Schema SCHEMA = Schema.createUnion(Run.getClassSchema(), TraceChunk.getClassSchema());

    static final int RUN_BRANCH = 0;
    static final int CHUNK_BRANCH = 1;

    /** Packs the blocks, each with a checksum. */
    static final String CODEC = "zstandard";

    static final String SCHEMA_KEY = "avro.schema";
    static final String CODEC_KEY = "avro.codec";

    /** Metadata of ours: which tool in which version wrote the file. */
    static final String TOOL_KEY = "trapline.tool";

    /** Length of the marker behind the header and behind each block. */
    static final int SYNC_BYTES = 16;

    private RunFileFormat() {}

    /**
     * The marker of a file with this metadata. Avro lets a writer choose it; ours is a digest of the metadata, so that the
     * same run gives the same bytes, and damage to the schema is noticed.
     */
    static byte[] sync(Map<String, byte[]> metadata) {
        MessageDigest digest = sha256();
        new TreeMap<>(metadata).forEach((key, value) -> {
            digest.update((key + ' ' + value.length + ' ').getBytes(StandardCharsets.UTF_8));
            digest.update(value);
        });
        return Arrays.copyOf(digest.digest(), SYNC_BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
