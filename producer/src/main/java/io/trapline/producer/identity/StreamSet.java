package io.trapline.producer.identity;

import io.trapline.producer.EventSink;
import io.trapline.producer.StreamSummary;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.StreamKey;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/** The streams of one run, each made when its first event comes. */
final class StreamSet {
    /** Streams of vCPUs of one run. */
    static final int VCPUS_MAX = 16_384;

    private static final StreamWriter[] NO_HOSTS = {};

    private final String run;
    private final long clockHz;
    private final int chunkMax;
    private final EventSink sink;
    private final RouterLimits limits;
    private final Map<StreamKey, StreamWriter> byKey = new TreeMap<>();
    private StreamWriter[] hosts = NO_HOSTS;
    private int vcpus;

    StreamSet(String run, long clockHz, int chunkMax, EventSink sink, RouterLimits limits) {
        this.run = run;
        this.clockHz = clockHz;
        this.chunkMax = chunkMax;
        this.sink = sink;
        this.limits = limits;
    }

    /** Whether one more vCPU is one too many. */
    boolean isFull() {
        return vcpus >= limits.vcpus();
    }

    /** The stream of a vCPU, or null if it is one too many. */
    StreamWriter vcpu(String vm, int vcpu, boolean vmGuessed) {
        StreamKey key = new StreamKey(run, vm, vcpu);
        StreamWriter known = byKey.get(key);
        if (known != null || isFull()) {
            return known;
        }
        vcpus++;
        return begin(key, vmGuessed);
    }

    private StreamWriter begin(StreamKey key, boolean vmGuessed) {
        StreamWriter stream = new StreamWriter(key, vmGuessed, clockHz, chunkMax, limits.carriers(), sink);
        byKey.put(key, stream);
        return stream;
    }

    /** The stream of a physical CPU. */
    StreamWriter host(int cpu) {
        StreamWriter known = hostOrNull(cpu);
        return known == null ? newHost(cpu) : known;
    }

    StreamWriter hostOrNull(int cpu) {
        return cpu < hosts.length ? hosts[cpu] : null;
    }

    private StreamWriter newHost(int cpu) {
        if (cpu >= hosts.length) {
            hosts = Arrays.copyOf(hosts, cpu + 1);
        }
        // CPUs are bounded by the tokenizers: the host's streams count in no limit.
        hosts[cpu] = begin(new StreamKey(run, StreamKey.HOST, cpu), false);
        return hosts[cpu];
    }

    /** Hands on what has gathered, stream by stream in the order of their keys. */
    void flush() {
        byKey.values().forEach(StreamWriter::flush);
    }

    /** What is done for every physical CPU that has a stream. */
    void forEachHost(IntConsumer action) {
        for (int cpu = 0; cpu < hosts.length; cpu++) {
            if (hosts[cpu] != null) {
                action.accept(cpu);
            }
        }
    }

    /** Threads that carried a stream and are not in its record. */
    long carriersLeftOut() {
        return byKey.values().stream().mapToLong(StreamWriter::carriersLeftOut).sum();
    }

    List<StreamSummary> summaries() {
        return byKey.values().stream().map(StreamWriter::summary).toList();
    }

    Map<EventKind, Long> eventsByKind() {
        Map<EventKind, Long> sums = new EnumMap<>(EventKind.class);
        Collection<StreamWriter> all = byKey.values();
        for (EventKind kind : EventKind.values()) {
            long sum = all.stream().mapToLong(stream -> stream.events(kind)).sum();
            if (sum > 0) {
                sums.put(kind, sum);
            }
        }
        return sums;
    }
}
