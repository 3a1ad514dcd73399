package io.trapline.app.bench;

import io.trapline.app.proof.TraceLines;
import io.trapline.producer.EventSink;
import io.trapline.producer.emulator.Emulator;
import io.trapline.producer.emulator.EmulatorOptions;
import io.trapline.producer.format.ReadOptions;
import io.trapline.producer.format.RecordingImporter;
import io.trapline.producer.source.TraceInput;
import io.trapline.schemas.avro.AccessCostRow;
import io.trapline.schemas.avro.ExitCostRow;
import io.trapline.schemas.avro.FindingRow;
import io.trapline.schemas.avro.HotSpotsRow;
import io.trapline.schemas.avro.NestedCostRow;
import io.trapline.schemas.avro.PolicyVerdictRow;
import io.trapline.schemas.avro.StreamEndRow;
import io.trapline.schemas.avro.WhatIfRow;
import io.trapline.schemas.avro.WhatIfTallyRow;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.StreamKey;
import io.trapline.schemas.wire.ChunkDecoder;
import io.trapline.schemas.wire.ChunkEncoder;
import io.trapline.streams.fold.RowSink;
import io.trapline.streams.fold.StreamFold;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Events per second of the whole fold, one thread: replay, all policies, costs, windows. An operation is
 * one event, so {@code -prof gc} tells bytes per event. {@link PerCpuSecond} leaves out what else the machine does.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ReplayBenchmark {
    /** Events of one invocation, up to the last chunk of a few more. */
    private static final int EVENTS = 1 << 20;

    /** A recording below {@link TraceLines#RECORDINGS}, or {@code emulated}. */
    @Param({
        "amd-svm/linux-6.1/08-linux-boot-kvm-all/trace.txt.xz",
        "intel-vmx/linux-6.1/03-smp2/trace.txt.zst",
        "bochs-amx/direct-linux-6.1/s1-xfd-arm-nm.txt",
        "bochs-amx/linux-guest-linux-6.1/q1-linux-guest-amx-1vcpu.txt.gz",
        "bochs-amx/linux-guest-linux-6.1/q3-nested-l2-xfd.txt.gz",
        "emulated"
    })
    private String recording;

    private final List<EventColumns> chunks = new ArrayList<>();
    private final List<byte[]> stored = new ArrayList<>();

    @Setup
    public void decode() throws Exception {
        ChunkEncoder encoder = new ChunkEncoder();
        EventSink keep = columns -> {
            EventColumns chunk = new EventColumns();
            chunk.copyFrom(columns);
            chunks.add(chunk);
            stored.add(encoder.encode(columns));
        };
        if (recording.equals("emulated")) {
            new Emulator(EmulatorOptions.ofSeed(1).withEvents(EVENTS).withoutGroundTruth()).run(keep);
            return;
        }
        String path = TraceLines.RECORDINGS.resolve(recording).toString();
        try (TraceInput input = TraceInput.open(path)) {
            new RecordingImporter("run", ReadOptions.NONE, RecordingImporter.CHUNK_EVENTS_MAX, keep).run(input);
        }
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void replay(Blackhole hole) {
        fold(chunks, Function.identity(), hole);
    }

    /** The same of chunks as the log holds them: what the topology and {@code trapline replay} do with a record. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void replayStored(Blackhole hole) {
        ChunkDecoder decoder = new ChunkDecoder();
        EventColumns events = new EventColumns();
        Function<byte[], EventColumns> decoding = value -> {
            decoder.decode(value, events);
            return events;
        };
        fold(stored, decoding, hole);
    }

    private static <T> void fold(List<T> values, Function<T, EventColumns> reading, Blackhole hole) {
        RowSink rows = new Rows(hole);
        long events = 0;
        while (events < EVENTS) {
            Map<StreamKey, StreamFold> folds = new HashMap<>();
            for (T value : values) {
                EventColumns chunk = reading.apply(value);
                folds.computeIfAbsent(chunk.stream(), stream -> new StreamFold("live", stream))
                        .fold(chunk, rows);
                events += chunk.count();
                if (events >= EVENTS) {
                    break;
                }
            }
            folds.values().forEach(fold -> fold.endNow(rows));
        }
    }

    /** The step of the replay alone: what {@link #stepWithCosts} takes more is the price of all costs, without their rows. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void step(Blackhole hole) {
        step(stream -> new BareReplay(), hole);
    }

    /** The step of the replay and the costs of exits, accesses, places and instructions of L2. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void stepWithCosts(Blackhole hole) {
        step(stream -> new CostedReplay(), hole);
    }

    private void step(Function<StreamKey, BareReplay> replayOf, Blackhole hole) {
        long events = 0;
        while (events < EVENTS) {
            Map<StreamKey, BareReplay> replays = new HashMap<>();
            for (EventColumns chunk : chunks) {
                if (!chunk.stream().isHost()) {
                    replays.computeIfAbsent(chunk.stream(), replayOf).fold(chunk);
                }
                events += chunk.count();
                if (events >= EVENTS) {
                    break;
                }
            }
            hole.consume(replays);
        }
    }

    private record Rows(Blackhole hole) implements RowSink {
        @Override
        public void exitCost(ExitCostRow row) {
            hole.consume(row);
        }

        @Override
        public void accessCost(AccessCostRow row) {
            hole.consume(row);
        }

        @Override
        public void verdict(PolicyVerdictRow row) {
            hole.consume(row);
        }

        @Override
        public void finding(FindingRow row) {
            hole.consume(row);
        }

        @Override
        public void whatIfTally(WhatIfTallyRow row) {
            hole.consume(row);
        }

        @Override
        public void whatIf(WhatIfRow row) {
            hole.consume(row);
        }

        @Override
        public void nestedCost(NestedCostRow row) {
            hole.consume(row);
        }

        @Override
        public void hotSpots(HotSpotsRow row) {
            hole.consume(row);
        }

        @Override
        public void streamEnd(StreamEndRow row) {
            hole.consume(row);
        }
    }
}
