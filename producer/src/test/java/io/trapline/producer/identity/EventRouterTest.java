package io.trapline.producer.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.producer.CollectedEvents;
import io.trapline.producer.StreamSummary;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.event.EventFields.HostMsrAccess;
import io.trapline.schemas.event.EventFields.SchedSwitch;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.StreamKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Threads to vCPUs, vCPUs to VMs, and what waits in between. */
class EventRouterTest {
    private static final long HZ = 1_000_000;
    private static final int CHUNK = 1_024;

    private final CollectedEvents events = new CollectedEvents();
    private final EventRouter router = new EventRouter("run", HZ, CHUNK, events);
    private final EventColumns event = new EventColumns();
    private final Origin origin = new Origin();
    private long time;
    private long line;

    @Test
    void whatAThreadDidBeforeItsFirstEntryGoesToItsVcpu() {
        other(10, "CPU 0/KVM");
        entry(10, "CPU 0/KVM", 0);
        router.finish();

        assertThat(sources("vm-0", 0)).containsExactly(1L, 2L);
        assertThat(events.streams()).hasSize(1);
    }

    @Test
    void whatAThreadDidLongBeforeItsFirstEntryGoesToTheHost() {
        other(10, "CPU 0/KVM");
        time += HZ * WaitingRoom.SECONDS_MAX + 1;
        other(10, "CPU 0/KVM");
        entry(10, "CPU 0/KVM", 0);
        router.finish();

        assertThat(sources("host", 0)).containsExactly(1L);
        assertThat(sources("vm-0", 0)).containsExactly(2L, 3L);
    }

    @Test
    void theOldestOfTooManyWaitingEventsGoesToTheHost() {
        for (int i = 0; i < WaitingRoom.EVENTS_PER_THREAD_MAX + 2; i++) {
            other(10, "CPU 0/KVM");
        }
        entry(10, "CPU 0/KVM", 0);
        router.finish();

        assertThat(sources("host", 0)).containsExactly(1L, 2L);
        assertThat(sources("vm-0", 0))
                .hasSize(WaitingRoom.EVENTS_PER_THREAD_MAX + 1)
                .startsWith(3L);
    }

    @Test
    void withoutTimeTheRoomIsBoundedByNumber() {
        EventRouter timeless = new EventRouter("run", 0, 1, events);
        for (int i = 0; i < WaitingRoom.EVENTS_MAX + 100; i++) {
            other(timeless, 1_000 + i % 1_000);
        }

        assertThat(events.stream("host", 0)).isNotEmpty();
        timeless.finish();
        assertThat(sources("host", 0)).hasSize(WaitingRoom.EVENTS_MAX + 100).isSorted();
    }

    @Test
    void theHostStreamKeepsTheOrderOfTheSource() {
        other(10, "waits");
        other(0, "<idle>");
        other(11, "waits too");
        other(0, "<idle>");
        entry(11, "waits too", 0);
        router.finish();

        assertThat(sources("host", 0)).containsExactly(1L, 2L, 4L);
        assertThat(sources("vm-0", 0)).containsExactly(3L, 5L);
    }

    @Test
    void vmsAreGuessedByNamePatternAndPid() {
        entry(100, "CPU 0/KVM", 0);
        entry(200, "CPU 0/KVM", 0);
        entry(201, "CPU 1/KVM", 1);
        entry(101, "CPU 1/KVM", 1);
        entry(102, "vcpu-worker", 2);
        router.finish();

        assertThat(streams())
                .containsExactly("vm-0/0 [100]", "vm-0/1 [101]", "vm-1/0 [200]", "vm-1/1 [201]", "vm-2/2 [102]");
        assertThat(router.streams()).allMatch(StreamSummary::vmGuessed);
    }

    @Test
    void aThreadWithoutANameFitsAnyVm() {
        entry(100, "<...>", 0);
        entry(101, "CPU 1/KVM", 1);
        router.finish();

        assertThat(streams()).containsExactly("vm-0/0 [100]", "vm-0/1 [101]");
    }

    @Test
    void aRecordedThreadGroupIsTheVm() {
        origin.thread(100, 687);
        route(router, EventKind.VM_ENTRY, 100, 687, "CPU 0/KVM", 0, 0);
        router.finish();

        assertThat(streams()).containsExactly("tgid-687/0 [100]");
        assertThat(router.streams()).noneMatch(StreamSummary::vmGuessed);
    }

    @Test
    void aThreadThatPrintsAnotherVcpuMovesThere() {
        entry(100, "kvm", 0);
        other(100, "kvm");
        entry(100, "kvm", 1);
        other(100, "kvm");
        router.finish();

        assertThat(sources("vm-0", 0)).containsExactly(1L, 2L);
        assertThat(sources("vm-0", 1)).containsExactly(3L, 4L);
    }

    @Test
    void anXfdAccessOfAVcpuThreadIsCopiedToItsCpu() {
        entry(100, "CPU 0/KVM", 0);
        hostMsr(100, 0x1c4);
        hostMsr(100, 0x1d9);
        router.finish();

        assertThat(sources("vm-0", 0)).containsExactly(1L, 2L, 3L);
        assertThat(events.stream("vm-0", 0).get(1)).doesNotContain("thread=");
        assertThat(sources("host", 0)).containsExactly(2L);
        assertThat(events.stream("host", 0).get(0)).contains("thread=0x64");
        assertThat(router.eventsByKind()).containsEntry(EventKind.HOST_MSR_ACCESS, 2L);
        assertThat(router.streams().get(0).copies()).isEqualTo(1);
        assertThat(router.streams().get(0).events()).isZero();
        assertThat(router.familiesSeen()).contains(EventFamily.HOST_MSR_XFD);
    }

    /** The record of a switch is that of the task that loses the CPU. */
    @Test
    void aSwitchToAVcpuThreadIsCopiedToItsVcpu() {
        entry(100, "CPU 0/KVM", 0);
        switchTo(100, 7);
        switchTo(7, 100);
        switchTo(0, 100);
        router.finish();

        assertThat(sources("vm-0", 0)).containsExactly(1L, 2L, 3L, 4L);
        assertThat(events.stream("vm-0", 0).get(1)).doesNotContain("thread=");
        assertThat(events.stream("vm-0", 0).get(2)).contains("thread=0x64");
        assertThat(sources("host", 0)).containsExactly(3L, 4L);
        assertThat(router.eventsByKind()).containsEntry(EventKind.SCHED_SWITCH, 3L);
        StreamSummary ofVcpu = router.streams().stream()
                .filter(stream -> !stream.key().isHost())
                .findFirst()
                .orElseThrow();
        assertThat(ofVcpu.copies()).isEqualTo(2);
    }

    @Test
    void aLossIsToldOncePerStream() {
        entry(100, "CPU 0/KVM", 0);
        entry(101, "CPU 1/KVM", 1);
        router.lost(new Loss(0, 5L, "CPU 0 lost events", ++line));
        entry(100, "CPU 0/KVM", 0);
        entry(101, "CPU 1/KVM", 1);
        router.finish();

        assertThat(kinds("vm-0", 0)).containsExactly("VM_ENTRY", "GAP", "VM_ENTRY");
        assertThat(kinds("vm-0", 1)).containsExactly("VM_ENTRY", "GAP", "VM_ENTRY");
    }

    @Test
    void aLossOfAnotherCpuIsToldToNobodyButWhoComesThereNext() {
        entry(100, "CPU 0/KVM", 0);
        router.lost(new Loss(1, null, "CPU 1 lost events", ++line));
        entry(100, "CPU 0/KVM", 0);
        entryOn(1, 100, 0);
        entryOn(1, 101, 1);
        router.finish();

        assertThat(kinds("vm-0", 0)).containsExactly("VM_ENTRY", "VM_ENTRY", "GAP", "VM_ENTRY");
        assertThat(kinds("vm-0", 1)).containsExactly("VM_ENTRY");
    }

    @Test
    void aLossWaitsWithTheThreadThatHasNoVcpuYet() {
        other(100, "CPU 0/KVM");
        router.lost(new Loss(0, 5L, "CPU 0 lost events", ++line));
        other(100, "CPU 0/KVM");
        entry(100, "CPU 0/KVM", 0);
        router.finish();

        assertThat(kinds("vm-0", 0)).containsExactly("OTHER_EVENT", "GAP", "OTHER_EVENT", "VM_ENTRY");
    }

    @Test
    void aPidOfAnotherProcessIsAnotherThread() {
        inGroup(EventKind.VM_ENTRY, 100, 1, 0);
        inGroup(EventKind.OTHER_EVENT, 100, 2, Origin.NONE);
        inGroup(EventKind.VM_ENTRY, 100, 2, 0);
        router.finish();

        assertThat(sources("tgid-1", 0)).containsExactly(1L);
        assertThat(sources("tgid-2", 0)).containsExactly(2L, 3L);
    }

    @Test
    void aPidOfAProcessWithoutVcpusGoesToTheHost() {
        inGroup(EventKind.VM_ENTRY, 100, 1, 0);
        inGroup(EventKind.OTHER_EVENT, 100, 2, Origin.NONE);
        router.finish();

        assertThat(sources("tgid-1", 0)).containsExactly(1L);
        assertThat(sources("host", 0)).containsExactly(2L);
    }

    @Test
    void aThreadGroupThatBecomesKnownLaterChangesNothing() {
        inGroup(EventKind.VM_ENTRY, 100, Origin.NONE, 0);
        inGroup(EventKind.VM_ENTRY, 100, 687, 0);
        inGroup(EventKind.OTHER_EVENT, 100, Origin.NONE, Origin.NONE);
        inGroup(EventKind.VM_ENTRY, 100, 687, 0);
        router.finish();

        assertThat(sources("vm-0", 0)).containsExactly(1L, 2L, 3L, 4L);
        assertThat(events.streams()).hasSize(1);
    }

    @Test
    void anotherNameOfTheSameVcpuIsTheSameThread() {
        entry(100, "qemu-system-x86", 0);
        other(100, "CPU 0/KVM");
        entry(100, "CPU 0/KVM", 0);
        other(100, "qemu-system-x86");
        entry(100, "qemu-system-x86", 0);
        router.finish();

        assertThat(sources("vm-0", 0)).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void anotherNameOfAnotherVcpuIsAnotherThread() {
        entry(100, "CPU 0/KVM", 0);
        entry(101, "CPU 1/KVM", 1);
        other(100, "vcpu-thread");
        entry(100, "vcpu-thread", 1);
        router.finish();

        assertThat(sources("vm-0", 0)).containsExactly(1L);
        assertThat(sources("vm-0", 1)).containsExactly(2L);
        assertThat(sources("vm-1", 1)).containsExactly(3L, 4L);
    }

    @Test
    void aNameThatTheRecorderForgetsIsNoOtherName() {
        entry(100, "CPU 0/KVM", 0);
        other(100, "<...>");
        other(100, "CPU 0/KVM");
        other(100, "<...>");
        other(100, "make");
        router.finish();

        assertThat(sources("vm-0", 0)).containsExactly(1L, 2L, 3L, 4L);
        assertThat(sources("host", 0)).containsExactly(5L);
        assertThat(router.streams().get(1).threads().get(0).getComm()).isEqualTo("CPU 0/KVM");
    }

    @Test
    void oneThreadMayRunSeveralVcpusInTurn() {
        for (int i = 0; i < 3; i++) {
            entry(100, "kvm", 0);
            entry(100, "kvm", 1);
        }
        router.finish();

        assertThat(sources("vm-0", 0)).containsExactly(1L, 3L, 5L);
        assertThat(sources("vm-0", 1)).containsExactly(2L, 4L, 6L);
        assertThat(events.streams()).hasSize(2);
    }

    @Test
    void threadsWithoutAVcpuInBetweenDisturbNobody() {
        entry(100, "CPU 0/KVM", 0);
        other(50, "kworker/0:1");
        other(0, "<idle>");
        other(100, "CPU 0/KVM");
        entryOn(3, 100, 0);
        router.finish();

        assertThat(sources("vm-0", 0)).containsExactly(1L, 4L, 5L);
        assertThat(sources("host", 0)).containsExactly(2L, 3L);
    }

    @Test
    void aThreadKeepsItsVcpuOnWhateverCpuItRuns() {
        for (int cpu = 0; cpu < 5; cpu++) {
            entryOn(cpu, 100, 0);
        }
        router.finish();

        assertThat(sources("vm-0", 0)).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(events.stream("vm-0", 0).get(4)).contains("cpu=4");
    }

    @Test
    void aLossOfACpuThatNobodyWasSeenOnIsToldToTheFirstThere() {
        router.lost(new Loss(7, 5L, "CPU 7 lost events", ++line));
        entry(100, "CPU 0/KVM", 0);
        entryOn(7, 101, 1);
        entryOn(7, 101, 1);
        router.finish();

        assertThat(kinds("vm-0", 0)).containsExactly("VM_ENTRY");
        assertThat(kinds("vm-0", 1)).containsExactly("GAP", "VM_ENTRY", "VM_ENTRY");
    }

    @Test
    void aLossOfEveryCpuIsToldToAllThatHaveShown() {
        entry(100, "CPU 0/KVM", 0);
        entryOn(1, 101, 1);
        other(0, "<idle>");
        router.lost(new Loss(Loss.EVERY_CPU, null, "a line that cannot be read", ++line));
        entry(100, "CPU 0/KVM", 0);
        entryOn(2, 102, 2);
        router.finish();

        assertThat(kinds("vm-0", 0)).containsExactly("VM_ENTRY", "GAP", "VM_ENTRY");
        assertThat(kinds("vm-0", 1)).containsExactly("VM_ENTRY", "GAP");
        assertThat(kinds("vm-0", 2)).containsExactly("VM_ENTRY");
        assertThat(kinds("host", 0)).containsExactly("OTHER_EVENT", "GAP");
    }

    @Test
    void aLossBetweenTwoNamesOfAThreadIsToldWhenItsVcpuIsKnownAgain() {
        entry(100, "qemu", 0);
        other(100, "CPU 0/KVM");
        entry(200, "CPU 0/KVM", 1);
        router.lost(new Loss(Loss.EVERY_CPU, null, "a line that cannot be read", ++line));
        entry(100, "CPU 0/KVM", 0);
        router.finish();

        assertThat(kinds("vm-0", 0)).containsExactly("VM_ENTRY", "OTHER_EVENT", "GAP", "VM_ENTRY");
    }

    private void inGroup(EventKind kind, int pid, int tgid, int vcpu) {
        route(router, kind, pid, tgid, "CPU 0/KVM", vcpu, 0);
    }

    private void entry(int pid, String comm, int vcpu) {
        route(router, EventKind.VM_ENTRY, pid, Origin.NONE, comm, vcpu, 0);
    }

    private void entryOn(int cpu, int pid, int vcpu) {
        route(router, EventKind.VM_ENTRY, pid, Origin.NONE, "CPU 0/KVM", vcpu, cpu);
    }

    private void other(int pid, String comm) {
        route(router, EventKind.OTHER_EVENT, pid, Origin.NONE, comm, Origin.NONE, 0);
    }

    private void other(EventRouter of, int pid) {
        route(of, EventKind.OTHER_EVENT, pid, Origin.NONE, "task", Origin.NONE, 0);
    }

    private void hostMsr(int pid, long index) {
        begin(EventKind.HOST_MSR_ACCESS, 0);
        event.set(HostMsrAccess.INDEX, index);
        origin(pid, Origin.NONE, "CPU 0/KVM", Origin.NONE);
        router.route(event, origin);
    }

    private void switchTo(int from, int to) {
        begin(EventKind.SCHED_SWITCH, 0);
        event.set(SchedSwitch.PREV_PID, from);
        event.set(SchedSwitch.NEXT_PID, to);
        origin(from, Origin.NONE, from == 100 ? "CPU 0/KVM" : "task", Origin.NONE);
        router.route(event, origin);
    }

    private void route(EventRouter to, EventKind kind, int pid, int tgid, String comm, int vcpu, int cpu) {
        begin(kind, cpu);
        origin(pid, tgid, comm, vcpu);
        to.route(event, origin);
    }

    private void begin(EventKind kind, int cpu) {
        event.reset(event.stream(), 0, 0);
        event.append(kind, ++time, cpu, 0, ++line);
    }

    private void origin(int pid, int tgid, String comm, int vcpu) {
        byte[] bytes = comm.getBytes(StandardCharsets.UTF_8);
        origin.thread(pid, tgid);
        origin.comm(bytes, 0, bytes.length);
        origin.vcpu(vcpu);
    }

    private List<Long> sources(String vm, int vcpu) {
        return events.stream(vm, vcpu).stream()
                .map(text -> Long.valueOf(text.replaceFirst(".* source=(\\d+).*", "$1")))
                .toList();
    }

    private List<String> kinds(String vm, int vcpu) {
        return events.stream(vm, vcpu).stream()
                .map(text -> text.substring(0, text.indexOf(' ')))
                .toList();
    }

    private List<String> streams() {
        return router.streams().stream()
                .map(stream -> key(stream.key()) + " "
                        + stream.threads().stream()
                                .map(thread -> thread.getPid())
                                .toList())
                .toList();
    }

    private static String key(StreamKey key) {
        return key.vm() + "/" + key.vcpu();
    }
}
