package io.trapline.app.diff;

import io.trapline.schemas.event.EventView;
import io.trapline.schemas.event.StreamKey;
import io.trapline.streams.core.Turn;
import io.trapline.streams.core.VcpuState;
import io.trapline.streams.fold.ExitWatcher;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Takes from one run what a comparison needs: of each vCPU its exits in blocks, and its decisions. */
final class RunWatch implements ExitWatcher {
    /** Kinds of exits on one vCPU; what comes after is counted together. */
    private static final int KINDS_MAX = 4_096;

    private static final long NOT_ENTERED = -1;

    /** One vCPU. */
    static final class Vcpu {
        private final Map<ExitKind, ExitBlocks> exits = new HashMap<>();
        private final DecisionLog decisions;
        private long guestTime;
        private long enteredAt = NOT_ENTERED;

        private Vcpu(long decisionsFrom) {
            decisions = new DecisionLog(decisionsFrom);
        }

        /** Its exits in blocks; kinds say nothing of the vCPU. */
        Map<ExitKind, ExitBlocks> exits() {
            return exits;
        }

        /** What it ran in the guest, in units of the run's clock. */
        long guestTime() {
            return guestTime;
        }

        DecisionLog decisions() {
            return decisions;
        }

        private void exited(long time) {
            if (enteredAt != NOT_ENTERED) {
                guestTime += time - enteredAt;
            }
            enteredAt = NOT_ENTERED;
        }
    }

    /** The name of a vCPU in any run. */
    record Place(String vm, int vcpu) implements Comparable<Place> {
        static Place of(StreamKey stream) {
            return new Place(stream.vm(), stream.vcpu());
        }

        @Override
        public int compareTo(Place other) {
            int byVm = vm.compareTo(other.vm);
            return byVm != 0 ? byVm : Integer.compare(vcpu, other.vcpu);
        }

        @Override
        public String toString() {
            return vm + "/" + vcpu;
        }
    }

    private final Map<Place, Long> decisionsFrom;
    private final SortedMap<Place, Vcpu> vcpus = new TreeMap<>();

    /** Decisions are kept from these numbers on, where none is given from the first. */
    RunWatch(Map<Place, Long> decisionsFrom) {
        this.decisionsFrom = Map.copyOf(decisionsFrom);
    }

    SortedMap<Place, Vcpu> vcpus() {
        return vcpus;
    }

    private Vcpu of(StreamKey stream) {
        return vcpus.computeIfAbsent(Place.of(stream), place -> new Vcpu(decisionsFrom.getOrDefault(place, 0L)));
    }

    @Override
    public void ended(StreamKey stream, VcpuState at, Turn turn, EventView entry) {
        Vcpu vcpu = of(stream);
        vcpu.exited(turn.time());
        ExitKind kind = ExitKind.of(turn);
        vcpu.exits
                .computeIfAbsent(known(kind, vcpu), each -> new ExitBlocks())
                .add(at.time() - turn.time(), vcpu.guestTime);
        vcpu.decisions.add(kind, at, turn);
        vcpu.enteredAt = at.time();
    }

    private static ExitKind known(ExitKind kind, Vcpu vcpu) {
        boolean full = vcpu.exits.size() >= KINDS_MAX && !vcpu.exits.containsKey(kind);
        return full ? kind.other() : kind;
    }

    @Override
    public void broken(StreamKey stream, VcpuState at, Turn turn) {
        // It has no time. Where it began the guest had stopped, unless events are missing before it.
        of(stream).exited(turn.time());
    }
}
