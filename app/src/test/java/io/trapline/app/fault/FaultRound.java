package io.trapline.app.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.app.broker.Brokers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The processes of one fault, from their start to the end of the last. */
final class FaultRound implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(5);

    /** Nothing moves any more: the moment would never come. */
    private static final long IDLE_NANOS = 1_000_000_000L;

    private static final int FINE = 0;
    private static final int CLUSTER_UNREACHABLE = 4;

    private final FaultDrill drill;
    private final Fault fault;
    private final Source source;

    /** Held by this process, where who is hit must not be who holds it. */
    private BrokerHandle broker;

    private TraplineProcess streams;
    private TraplineProcess importing;

    FaultRound(FaultDrill drill, Fault fault, Source source) {
        this.drill = drill;
        this.fault = fault;
        this.source = source;
    }

    void begin() throws IOException {
        switch (fault.scene()) {
            case STREAMS_WITH_BROKER, EVERYTHING -> streams = drill.startStreams();
            case IMPORT_WITH_BROKER -> importing = drill.startImport();
            case STREAMS_ALONE, IMPORT_ALONE -> {
                broker = Brokers.joinOrStart(drill.dataDir());
                streams = drill.startStreams();
                importing = drill.isPublished() ? null : drill.startImport();
            }
        }
    }

    /** Returns when the fault is due, or when its moment can not come any more. */
    void awaitMoment() throws IOException, InterruptedException {
        long bytesDue = written()
                + (long) (fault.share() * (fault.scene().hitsImport() ? source.logBytes() : source.resultBytes()));
        long bytes = -1;
        long movedNanos = System.nanoTime();
        while (fault.share() >= 0 && written() < bytesDue) {
            advance(TICK);
            if (fault.scene().hitsImport() && importing != null && !importing.isAlive()) {
                return;
            }
            long now = written();
            if (now != bytes || importing == null && !drill.isPublished() || importing != null && importing.isAlive()) {
                bytes = now;
                movedNanos = System.nanoTime();
            } else if (bytes > 0 && System.nanoTime() - movedNanos > IDLE_NANOS) {
                return;
            }
        }
        long dueNanos = System.nanoTime() + fault.delay().toNanos();
        while (System.nanoTime() < dueNanos) {
            advance(TICK);
        }
    }

    private long written() {
        return fault.scene().hitsImport() ? drill.loggedBytes() : drill.resultBytes();
    }

    /** Whether the import came to its end: then the run is in the log. */
    boolean imported() throws InterruptedException {
        return importing != null && !importing.isAlive() && importing.exitCode() == FINE;
    }

    /** Lets them work for a moment. An import that is to join a broker starts when the broker is there. */
    private void advance(Duration time) throws IOException, InterruptedException {
        if (importing == null && !drill.isPublished() && drill.holdsBroker(streams)) {
            importing = drill.startImport();
        }
        if (streams != null) {
            assertThat(streams.endsWithin(time))
                    .as("%s ended before anybody hit it: %s", streams, streams.errors())
                    .isFalse();
        } else if (importing.endsWithin(time)) {
            assertThat(importing.exitCode()).as(importing.errors()).isEqualTo(FINE);
        }
    }

    FaultDrill.Hit strike() throws IOException, InterruptedException {
        List<TraplineProcess> victims = victims();
        boolean alive = victims.stream().anyMatch(TraplineProcess::isAlive);
        if (fault.signal() == Fault.Signal.KILL) {
            victims.forEach(TraplineProcess::kill);
        } else {
            victims.forEach(TraplineProcess::terminate);
        }
        long struckNanos = System.nanoTime();
        List<String> told = new ArrayList<>();
        for (TraplineProcess process : running()) {
            if (!victims.contains(process)) {
                endSurvivor(process);
                told.add(process + " ended with " + process.exitCode());
            } else if (fault.signal() == Fault.Signal.TERM) {
                assertThat(process.exitCode())
                        .as("exit code of %s: %s", process, process.errors())
                        .isIn(TraplineProcess.TERMINATED, FINE, CLUSTER_UNREACHABLE);
            }
            process.assertSpeaksInSentences();
        }
        told.add((System.nanoTime() - struckNanos) / 1_000_000 + " ms to the end");
        return new FaultDrill.Hit(fault, alive, String.join("; ", told));
    }

    private List<TraplineProcess> victims() {
        return switch (fault.scene()) {
            case STREAMS_WITH_BROKER, STREAMS_ALONE -> List.of(streams);
            case IMPORT_ALONE, IMPORT_WITH_BROKER -> List.of(importing);
            case EVERYTHING -> running();
        };
    }

    private List<TraplineProcess> running() {
        return Stream.of(importing, streams).filter(process -> process != null).toList();
    }

    /** Who was not hit: it goes on to its end, or says that its broker has gone, or is told to end. */
    private void endSurvivor(TraplineProcess process) throws InterruptedException {
        if (fault.scene() == Fault.Scene.STREAMS_WITH_BROKER) {
            assertThat(process.exitCode())
                    .as("exit code of %s: %s", process, process.errors())
                    .isIn(FINE, CLUSTER_UNREACHABLE);
            if (process.exitCode() == CLUSTER_UNREACHABLE) {
                assertThat(process.errors()).startsWith("trapline: ");
            }
        } else if (process == importing) {
            assertThat(process.exitCode()).as(process.errors()).isEqualTo(FINE);
        } else {
            process.terminate();
            assertThat(process.exitCode())
                    .as("exit code of %s: %s", process, process.errors())
                    .isEqualTo(TraplineProcess.TERMINATED);
        }
    }

    @Override
    public void close() {
        running().forEach(TraplineProcess::close);
        if (broker != null) {
            broker.close();
        }
    }
}
