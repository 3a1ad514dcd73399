package io.trapline.producer.publish;

import io.trapline.schemas.event.StreamKey;
import io.trapline.schemas.wire.ChunkDecoder;
import io.trapline.schemas.wire.ChunkHeader;
import io.trapline.schemas.wire.ForeignBytesException;
import io.trapline.schemas.wire.UnknownSchemaException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** What the log has of a run, told by its records in their order. Records of other runs are passed over. */
final class StoredRun {
    /** Looks at what a chunk of the run adds. */
    interface ChunkVisitor {
        /** Events of this chunk from the number on are new. */
        void chunk(ChunkHeader header, byte[] value, long fromSeq);

        /** The stream was deleted: what was told of it is void. */
        void forgotten(StreamKey stream);
    }

    /** For those who want the numbers only. */
    static final ChunkVisitor NUMBERS_ONLY = new ChunkVisitor() {
        @Override
        public void chunk(ChunkHeader header, byte[] value, long fromSeq) {}

        @Override
        public void forgotten(StreamKey stream) {}
    };

    private final byte[] keyPrefix;
    private final ChunkDecoder decoder;
    private final ChunkVisitor visitor;
    private final Map<StreamKey, StoredStream> streams = new TreeMap<>();

    StoredRun(String run, ChunkDecoder decoder, ChunkVisitor visitor) {
        keyPrefix = StreamKey.join(run, "").getBytes(StandardCharsets.UTF_8);
        this.decoder = decoder;
        this.visitor = visitor;
    }

    /** Takes the next record of a partition of the trace topic. */
    void take(int partition, long offset, byte[] key, byte[] value) {
        if (key == null || !startsWith(key, keyPrefix)) {
            return;
        }
        if (value == null) {
            forget(new String(key, StandardCharsets.UTF_8));
            return;
        }
        ChunkHeader header;
        try {
            header = decoder.readHeader(value);
        } catch (ForeignBytesException e) {
            return; // no chunk, whoever wrote it: it is a dead letter for every reader
        } catch (UnknownSchemaException e) {
            throw new PublishException(
                    "a chunk in partition " + partition + " at offset " + offset + " was " + e.getMessage(), e);
        }
        if (Arrays.equals(header.stream().encode().getBytes(StandardCharsets.UTF_8), key)) {
            add(header, value, partition, offset);
        }
    }

    private void add(ChunkHeader header, byte[] value, int partition, long offset) {
        StoredStream known =
                streams.getOrDefault(header.stream(), new StoredStream(partition, offset, offset, 0, 0, false));
        if (header.nextSeq() <= known.nextSeq()) {
            return; // written twice
        }
        visitor.chunk(header, value, known.nextSeq());
        boolean torn = known.torn() || header.firstSeq() > known.nextSeq();
        streams.put(
                header.stream(),
                new StoredStream(partition, known.firstOffset(), offset, header.nextSeq(), header.endTime(), torn));
    }

    private void forget(String key) {
        try {
            StreamKey stream = StreamKey.decode(key);
            streams.remove(stream);
            visitor.forgotten(stream);
        } catch (IllegalArgumentException e) {
            return; // not the key of a stream: nothing can lie under it
        }
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length > prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    /** The streams found, in the order of their keys. */
    Map<StreamKey, StoredStream> streams() {
        return streams;
    }
}
