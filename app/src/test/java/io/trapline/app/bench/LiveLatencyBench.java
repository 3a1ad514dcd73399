package io.trapline.app.bench;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.app.broker.Brokers;
import io.trapline.app.cluster.TopicSetup;
import io.trapline.app.cluster.TopologyStart;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventFields.GuestMsrAccess;
import io.trapline.schemas.event.EventFields.HostMsrAccess;
import io.trapline.schemas.event.EventFields.VmExit;
import io.trapline.schemas.event.EventFlags;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.StreamKey;
import io.trapline.schemas.table.ExitReasons;
import io.trapline.schemas.table.Msrs;
import io.trapline.schemas.topic.Topics;
import io.trapline.schemas.wire.ChunkEncoder;
import io.trapline.streams.profile.AnalysisInputs;
import io.trapline.streams.topology.TopologyRunner;
import io.trapline.streams.topology.Tuning;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Time from sending a chunk with a P8 violation to reading it from the topic of violations as committed, with the tuning
 * {@code live}, exactly once. One chunk at a time, each of a stream of its own. Argument: how many (default 300); the
 * first third warms up and is not counted.
 */
public final class LiveLatencyBench {
    private static final Duration POLL = Duration.ofMillis(5);

    private LiveLatencyBench() {}

    public static void main(String[] args) throws Exception {
        int chunks = args.length > 0 ? Integer.parseInt(args[0]) : 300;
        Path dataDir = Files.createTempDirectory("trapline-bench");
        try (BrokerHandle broker = Brokers.joinOrStart(dataDir)) {
            new TopicSetup(broker).createMissing();
            TopologyStart.Choice choice = new TopologyStart.Choice(
                    AnalysisInputs.named("live"), Tuning.LIVE, 1, TopologyStart.Protocol.STREAMS, dataDir);
            try (TopologyRunner topology = TopologyStart.on(broker, choice);
                    KafkaConsumer<String, byte[]> violations = violations(broker);
                    KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                            new HashMap<>(broker.clientConfig()), new StringSerializer(), new ByteArraySerializer())) {
                long[] nanos = new long[chunks];
                for (int i = 0; i < chunks; i++) {
                    nanos[i] = measure(i, producer, violations);
                    TopologyStart.checkSound(topology);
                }
                print(Arrays.copyOfRange(nanos, chunks / 3, chunks));
            }
        }
        System.exit(0);
    }

    private static long measure(
            int number, KafkaProducer<String, byte[]> producer, KafkaConsumer<String, byte[]> violations)
            throws Exception {
        EventColumns events = violating(new StreamKey("run", "vm-" + number, 0));
        byte[] chunk = new ChunkEncoder().encode(events);
        long begun = System.nanoTime();
        producer.send(new ProducerRecord<>(Topics.TRACE.name(), events.stream().encode(), chunk))
                .get();
        while (violations.poll(POLL).isEmpty()) {
            // one violation per chunk: whatever comes is it
        }
        return System.nanoTime() - begun;
    }

    /** The guest arms XFD, and the next slow exit has no sync. */
    private static EventColumns violating(StreamKey stream) {
        EventColumns events = new EventColumns();
        events.reset(stream, 1_000_000, 0);
        exit(events, "MSR_WRITE");
        add(events, EventKind.HOST_MSR_ACCESS, false);
        events.set(HostMsrAccess.WRITE, true);
        events.set(HostMsrAccess.INDEX, Msrs.IA32_XFD);
        events.set(HostMsrAccess.VALUE, Msrs.XFD_XTILE_DATA);
        add(events, EventKind.GUEST_MSR_ACCESS, false);
        events.set(GuestMsrAccess.WRITE, true);
        events.set(GuestMsrAccess.INDEX, Msrs.IA32_XFD);
        events.set(GuestMsrAccess.DATA, Msrs.XFD_XTILE_DATA);
        add(events, EventKind.VM_ENTRY, true);
        exit(events, "CPUID");
        add(events, EventKind.CPUID_EXECUTED, false);
        add(events, EventKind.VM_ENTRY, true);
        return events;
    }

    private static void exit(EventColumns events, String reason) {
        add(events, EventKind.VM_EXIT, true);
        events.set(VmExit.ISA, ExitReasons.VMX);
        events.set(VmExit.EXIT_REASON, ExitReasons.number(ExitReasons.VMX, reason));
    }

    private static void add(EventColumns events, EventKind kind, boolean irqsOff) {
        int flags = EventFlags.RECORDED | (irqsOff ? EventFlags.IRQS_OFF : 0);
        events.append(kind, events.count(), 0, flags, events.count() + 1L);
    }

    private static KafkaConsumer<String, byte[]> violations(BrokerHandle broker) {
        Map<String, Object> settings = new HashMap<>(broker.clientConfig());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
        KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.VIOLATIONS.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    private static void print(long[] nanos) {
        Arrays.sort(nanos);
        System.out.printf(
                "%d chunks: p50 %.1f ms, p90 %.1f ms, p99 %.1f ms, max %.1f ms%n",
                nanos.length, ms(nanos, 500), ms(nanos, 900), ms(nanos, 990), ms(nanos, 1000));
    }

    private static double ms(long[] sorted, int perMille) {
        return sorted[Math.max(0, sorted.length * perMille / 1000 - 1)] / 1e6;
    }
}
