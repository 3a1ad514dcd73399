package io.trapline.streams.topology;

import io.trapline.schemas.avro.VcpuStateSnapshot;
import io.trapline.schemas.event.StreamKey;
import io.trapline.schemas.wire.RecordCodec;
import io.trapline.streams.fold.StreamFold;
import io.trapline.streams.profile.AnalysisInputs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.query.PositionBound;
import org.apache.kafka.streams.query.Query;
import org.apache.kafka.streams.query.QueryConfig;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.CachedStateStore;

/**
 * The store {@code vcpu-state}: folds live in memory as objects and are written behind, once per commit, to a logged
 * key-value store of snapshots.
 *
 * <p>Exact under exactly-once, because {@link #flushCache()} is the one hook that runs between a task's last record and
 * the commit of its offsets; {@code flush()} and {@code commit()} come too late and would lose everything. It is reached
 * only through the internal interface {@link CachedStateStore}: this class alone may use it, and the exactness test in
 * {@code app} is the contract to run on every upgrade of Kafka.
 */
final class VcpuStateStore implements StateStore, CachedStateStore<byte[], byte[]> {
    private final KeyValueStore<Bytes, byte[]> snapshots;
    private final RecordCodec<VcpuStateSnapshot> codec = new RecordCodec<>(VcpuStateSnapshot.class);
    private final AnalysisInputs inputs;
    private final Map<String, Held> cells = new HashMap<>();
    private final List<Held> dirty = new ArrayList<>();

    /** One stream's cell and whether it has changed since the last commit. */
    private static final class Held {
        private final String key;
        private final StreamCell cell;
        private boolean changed;
        private boolean changedSinceSeen;

        private Held(String key, StreamCell cell) {
            this.key = key;
            this.cell = cell;
        }
    }

    VcpuStateStore(KeyValueStore<Bytes, byte[]> snapshots, AnalysisInputs inputs) {
        this.snapshots = snapshots;
        this.inputs = inputs;
    }

    /** The cell of a stream, restored from its snapshot or new. The caller may change it: it counts as changed. */
    StreamCell change(String key) {
        Held held = cells.computeIfAbsent(key, this::load);
        if (!held.changed) {
            held.changed = true;
            dirty.add(held);
        }
        held.changedSinceSeen = true;
        return held.cell;
    }

    /** The folds that changed since this was last called. */
    List<StreamFold> takeChanged() {
        List<StreamFold> changed = new ArrayList<>();
        for (Held held : cells.values()) {
            if (held.changedSinceSeen) {
                held.changedSinceSeen = false;
                changed.add(held.cell.fold());
            }
        }
        return changed;
    }

    private Held load(String key) {
        byte[] stored = snapshots.get(bytes(key));
        StreamKey stream = StreamKey.decode(key);
        StreamCell cell = stored == null
                ? new StreamCell(inputs, stream)
                : StreamCell.restore(inputs, stream, codec.decode(stored));
        return new Held(key, cell);
    }

    private static Bytes bytes(String key) {
        return Bytes.wrap(key.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void flushCache() {
        for (Held held : dirty) {
            snapshots.put(bytes(held.key), codec.encode(held.cell.snapshot()));
            held.changed = false;
            if (held.cell.fold().ended()) {
                // Its snapshot is a few bytes and it is asked for only by late records: no need to keep the object.
                cells.remove(held.key);
            }
        }
        dirty.clear();
    }

    @Override
    public void clearCache() {
        cells.clear();
        dirty.clear();
    }

    @Override
    public boolean setFlushListener(
            org.apache.kafka.streams.state.internals.CacheFlushListener<byte[], byte[]> listener,
            boolean sendOldValues) {
        return false;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        snapshots.init(context, root);
    }

    @Override
    public String name() {
        return snapshots.name();
    }

    @Override
    public void commit(Map<TopicPartition, Long> offsets) {
        snapshots.commit(offsets);
    }

    @Override
    public Long committedOffset(TopicPartition partition) {
        return snapshots.committedOffset(partition);
    }

    @Override
    @SuppressWarnings("deprecation") // asked by Kafka 4.3's task manager until transactional stores replace it
    public boolean managesOffsets() {
        return snapshots.managesOffsets();
    }

    @Override
    public void close() {
        clearCache();
        snapshots.close();
    }

    @Override
    public boolean persistent() {
        return snapshots.persistent();
    }

    @Override
    public boolean isOpen() {
        return snapshots.isOpen();
    }

    @Override
    public <R> QueryResult<R> query(Query<R> query, PositionBound bound, QueryConfig config) {
        return snapshots.query(query, bound, config);
    }

    @Override
    public Position getPosition() {
        return snapshots.getPosition();
    }
}
