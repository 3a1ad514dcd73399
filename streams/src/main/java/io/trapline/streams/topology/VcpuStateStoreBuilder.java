package io.trapline.streams.topology;

import io.trapline.streams.profile.AnalysisInputs;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Builds {@link VcpuStateStore} over a logged in-memory store of Kafka Streams. */
final class VcpuStateStoreBuilder implements StoreBuilder<VcpuStateStore> {
    private final StoreBuilder<KeyValueStore<Bytes, byte[]>> snapshots;
    private final AnalysisInputs inputs;

    VcpuStateStoreBuilder(String name, AnalysisInputs inputs) {
        this.snapshots = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(Map.of());
        this.inputs = inputs;
    }

    @Override
    public VcpuStateStore build() {
        return new VcpuStateStore(snapshots.build(), inputs);
    }

    @Override
    public StoreBuilder<VcpuStateStore> withCachingEnabled() {
        throw new UnsupportedOperationException("the store writes behind by itself");
    }

    @Override
    public StoreBuilder<VcpuStateStore> withCachingDisabled() {
        return this;
    }

    @Override
    public StoreBuilder<VcpuStateStore> withLoggingEnabled(Map<String, String> config) {
        snapshots.withLoggingEnabled(config);
        return this;
    }

    @Override
    public StoreBuilder<VcpuStateStore> withLoggingDisabled() {
        throw new UnsupportedOperationException("without its changelog the state would be lost with the machine");
    }

    @Override
    public Map<String, String> logConfig() {
        return snapshots.logConfig();
    }

    @Override
    public boolean loggingEnabled() {
        return snapshots.loggingEnabled();
    }

    @Override
    public String name() {
        return snapshots.name();
    }
}
