package io.trapline.producer.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.producer.EventSink;
import io.trapline.producer.emulator.guest.GuestMix;
import io.trapline.producer.emulator.guest.VmPlan;
import io.trapline.schemas.avro.RunStream;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.StreamKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Several vCPUs on a host")
class HostTest {
    @Test
    void eachHasAStreamInWhichExitsAndEntriesAlternateAndTimeGoesOn() {
        PerStream streams = new PerStream();
        EmulatorResult result = new Emulator(
                        EmulatorOptions.ofSeed(4).withScenario(Scenario.SMP).withEvents(40_000))
                .run(streams);

        assertThat(streams.pairs).hasSize(4);
        assertThat(streams.problems).isEmpty();
        assertThat(result.run().getStreams()).extracting(RunStream::getVcpu).containsExactly(0, 1, 2, 3);
        assertThat(result.guest().lost()).isZero();
    }

    @Test
    void vcpusMoveBetweenCpusAndWakeEachOther() {
        PerStream streams = new PerStream();
        new Emulator(EmulatorOptions.ofSeed(4).withScenario(Scenario.SMP).withEvents(40_000)).run(streams);

        assertThat(streams.cpus.values()).allSatisfy(cpus -> assertThat(cpus).containsExactlyInAnyOrder(0, 1));
        assertThat(streams.kinds).contains(EventKind.APIC_IPI, EventKind.APIC_IRQ_ACCEPTED, EventKind.HALT_WAKEUP);
    }

    @Test
    void theOrderOfOneCpuIsOnItsHostStream() {
        PerStream streams = new PerStream();
        new Emulator(EmulatorOptions.ofSeed(4)
                        .withScenario(Scenario.SMP)
                        .withEvents(20_000)
                        .withHostEvents())
                .run(streams);

        assertThat(streams.pairs.keySet()).extracting(StreamKey::isHost).contains(true, false);
        assertThat(streams.problems).isEmpty();
    }

    @Test
    void aThousandVcpusNeedNoMoreThanTheirBatches() {
        List<VmSetup> vms = IntStream.range(0, 250)
                .mapToObj(vm -> VmPlan.of(4, GuestMix.linux(1, 2)).setup("vm" + vm, vm, 1, Isa.VMX))
                .toList();
        HostSetup host = new HostSetup(Isa.VMX, 64, true, vms);
        Subject fleet = new Subject("fleet", "250 VMs", host);
        PerStream streams = new PerStream();

        EmulatorResult result = new Emulator(EmulatorOptions.ofSeed(1).withEvents(600_000), fleet).run(streams);

        assertThat(streams.pairs).hasSize(1_000);
        assertThat(streams.problems).isEmpty();
        assertThat(result.guest().lost()).isZero();
        assertThat(streams.pairs.values()).allMatch(events -> events > 200);
    }

    /** Looks at each stream by itself, and keeps little of it. */
    private static final class PerStream implements EventSink {
        private final Map<StreamKey, Long> pairs = new HashMap<>();
        private final Map<StreamKey, Boolean> inGuest = new HashMap<>();
        private final Map<StreamKey, Long> times = new HashMap<>();
        private final Map<StreamKey, Set<Integer>> cpus = new HashMap<>();
        private final Set<EventKind> kinds = new HashSet<>();
        private final List<String> problems = new ArrayList<>();

        @Override
        public void accept(EventColumns events) {
            StreamKey stream = events.stream();
            require(events.firstSeq() == pairs.getOrDefault(stream, 0L), "a hole in " + stream);
            for (int row = 0; row < events.count(); row++) {
                pairs.merge(stream, 1L, Long::sum);
                require(events.time(row) >= times.getOrDefault(stream, 0L), "time goes back in " + stream);
                times.put(stream, events.time(row));
                cpus.computeIfAbsent(stream, key -> new HashSet<>()).add(events.cpu(row));
                kinds.add(events.kind(row));
                level(stream, events.kind(row));
            }
        }

        private void level(StreamKey stream, EventKind kind) {
            if (kind == EventKind.VM_ENTRY) {
                require(!Boolean.TRUE.equals(inGuest.put(stream, true)), "an entry after an entry in " + stream);
            } else if (kind == EventKind.VM_EXIT) {
                require(Boolean.TRUE.equals(inGuest.put(stream, false)), "an exit after an exit in " + stream);
            }
        }

        private void require(boolean holds, String what) {
            if (!holds && problems.size() < 10) {
                problems.add(what);
            }
        }
    }
}
