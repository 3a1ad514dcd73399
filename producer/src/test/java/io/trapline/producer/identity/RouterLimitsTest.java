package io.trapline.producer.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.producer.CollectedEvents;
import io.trapline.producer.StreamSummary;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventKind;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What is one too many is said in one sentence, and no event of it is lost. */
class RouterLimitsTest {
    private static final long HZ = 1_000_000;
    private static final int MANY = 1_000;
    private static final int FEW = 3;

    private final CollectedEvents events = new CollectedEvents();
    private final EventColumns event = new EventColumns();
    private final Origin origin = new Origin();
    private long time;

    @Test
    void threads() {
        EventRouter router = router(new RouterLimits(FEW, MANY, MANY, MANY, MANY));
        for (int pid = 1; pid <= 10; pid++) {
            route(router, EventKind.VM_ENTRY, pid, pid);
        }

        assertSaid(router, "more than 3 threads: 7 events of further threads went to the host's streams", 10);
        assertThat(events.stream("host", 0)).hasSize(7);
    }

    @Test
    void vcpus() {
        EventRouter router = router(new RouterLimits(MANY, FEW, MANY, MANY, MANY));
        for (int round = 0; round < 2; round++) {
            for (int vcpu = 0; vcpu < 10; vcpu++) {
                route(router, EventKind.VM_ENTRY, 100 + vcpu, vcpu);
            }
        }

        assertSaid(router, "more than 3 vCPUs: the events of 7 further ones went to the host's streams", 20);
        assertThat(events.stream("host", 0)).hasSize(14);
        assertThat(events.stream("vm-0", 2)).hasSize(2);
    }

    @Test
    void hostStreamsTakeNoPlaceOfVcpus() {
        EventRouter router = router(new RouterLimits(MANY, FEW, MANY, MANY, MANY));
        for (int cpu = 0; cpu < 10; cpu++) {
            begin(EventKind.OTHER_EVENT, cpu);
            print(0, Origin.NONE);
            router.route(event, origin);
        }
        for (int vcpu = 0; vcpu < FEW; vcpu++) {
            route(router, EventKind.VM_ENTRY, 100 + vcpu, vcpu);
        }
        router.finish();

        assertThat(router.limitsReached()).isEmpty();
    }

    @Test
    void carriersOfAVcpu() {
        EventRouter router = router(new RouterLimits(MANY, MANY, FEW, MANY, MANY));
        origin.thread(0, 7);
        for (int pid = 1; pid <= 10; pid++) {
            begin(EventKind.VM_ENTRY, 0);
            print(pid, 0);
            origin.thread(pid, 7);
            router.route(event, origin);
        }

        assertSaid(router, "more than 3 threads carried one vCPU: the names of further ones are left out", 10);
        assertThat(router.streams().get(0).threads()).hasSize(FEW);
        assertThat(events.stream("tgid-7", 0)).hasSize(10);
    }

    @Test
    void waitingEventsOfAThread() {
        EventRouter router = router(new RouterLimits(MANY, MANY, MANY, FEW, MANY));
        for (int i = 0; i < 10; i++) {
            route(router, EventKind.OTHER_EVENT, 1, Origin.NONE);
        }
        route(router, EventKind.VM_ENTRY, 1, 0);

        assertSaid(
                router, "more than 3 events of a thread, or 1000 in all, waited for a vCPU: 7 went to the host's", 11);
        assertThat(events.stream("vm-0", 0)).hasSize(FEW + 1);
    }

    @Test
    void waitingEventsInAll() {
        EventRouter router = router(new RouterLimits(MANY, MANY, MANY, MANY, FEW));
        for (int pid = 1; pid <= 10; pid++) {
            route(router, EventKind.OTHER_EVENT, pid, Origin.NONE);
        }

        assertSaid(
                router, "more than 1000 events of a thread, or 3 in all, waited for a vCPU: 7 went to the host's", 10);
    }

    @Test
    void manyVmsWithoutProcessIdsAreGuessedInTime() {
        int vcpus = StreamSet.VCPUS_MAX + 1_000;
        EventRouter router = router(RouterLimits.DEFAULT);
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < vcpus; i++) {
                route(router, EventKind.VM_ENTRY, 1_000 + i, i % 4);
            }
        }

        assertSaid(router, "more than 16384 vCPUs: the events of 1000 further ones", 2L * vcpus);
        long vms = router.streams().stream()
                .map(stream -> stream.key().vm())
                .filter(vm -> vm.startsWith("vm-"))
                .distinct()
                .count();
        assertThat(vms).isEqualTo(StreamSet.VCPUS_MAX / 4);
    }

    private EventRouter router(RouterLimits limits) {
        return new EventRouter("run", HZ, 1_024, events, limits);
    }

    private void route(EventRouter to, EventKind kind, int pid, int vcpu) {
        begin(kind, 0);
        print(pid, vcpu);
        to.route(event, origin);
    }

    private void begin(EventKind kind, int cpu) {
        event.reset(event.stream(), 0, 0);
        event.append(kind, ++time, cpu, 0, time);
    }

    private void print(int pid, int vcpu) {
        byte[] comm = "CPU 0/KVM".getBytes(StandardCharsets.UTF_8);
        origin.thread(pid, Origin.NONE);
        origin.comm(comm, 0, comm.length);
        origin.vcpu(vcpu);
    }

    private void assertSaid(EventRouter router, String sentence, long eventsInAll) {
        router.finish();
        assertThat(router.limitsReached()).singleElement().asString().startsWith(sentence);
        assertThat(router.streams().stream().mapToLong(StreamSummary::events).sum())
                .isEqualTo(eventsInAll);
    }
}
