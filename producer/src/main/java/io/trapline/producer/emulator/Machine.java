package io.trapline.producer.emulator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The host's scheduler: lets the vCPUs run in turn, by guest instructions and not by the clock, so that what guests do to each
 * other does not depend on what an exit costs.
 */
final class Machine {
    /** How far a vCPU runs ahead of the others, in instructions. */
    private static final int SLICE = 240;

    private static final int MIGRATES_ONE_IN = 8;

    private final PhysicalCpu[] cpus;
    private final Vcpu[] occupants;
    private final boolean migrates;
    private final Dice dice;
    private final List<Vcpu> vcpus = new ArrayList<>();
    private final PriorityQueue<Vcpu> waiting =
            new PriorityQueue<>(Comparator.comparingLong(Vcpu::readyAt).thenComparingInt(Vcpu::index));
    private final EventCount total;

    Machine(PhysicalCpu[] cpus, boolean migrates, long seed, EventCount total) {
        this.total = total;
        this.cpus = cpus;
        occupants = new Vcpu[cpus.length];
        this.migrates = migrates;
        dice = new Dice(seed, "scheduler");
    }

    void add(Vcpu vcpu) {
        vcpus.add(vcpu);
    }

    /** From power-on to power-off, which comes with the first limit that is reached. */
    void run(long eventsMax, long instructionsMax) {
        for (Vcpu vcpu : vcpus) {
            occupy(vcpu);
            vcpu.boot();
        }
        waiting.addAll(vcpus);
        while (!waiting.isEmpty() && total.events() < eventsMax) {
            Vcpu vcpu = waiting.poll();
            place(vcpu);
            runSlice(vcpu, eventsMax, instructionsMax);
            if (vcpu.time().instructions() < instructionsMax) {
                waiting.add(vcpu);
            }
        }
        for (Vcpu vcpu : vcpus) {
            place(vcpu);
            vcpu.shutDown();
            occupants[vcpu.thread().cpu().number()] = null;
        }
    }

    private void runSlice(Vcpu vcpu, long eventsMax, long instructionsMax) {
        if (vcpu.cpu().isIdle()) {
            wake(vcpu);
        }
        long end = sliceEnd();
        while (!vcpu.cpu().isIdle()
                && vcpu.time().instructions() < Math.min(end, instructionsMax)
                && total.events() < eventsMax) {
            vcpu.step();
        }
    }

    private long sliceEnd() {
        Vcpu next = waiting.peek();
        return next == null || next.readyAt() > Long.MAX_VALUE - SLICE ? Long.MAX_VALUE : next.readyAt() + SLICE;
    }

    private static void wake(Vcpu vcpu) {
        long moment = vcpu.readyAt();
        if (moment == LocalApic.NEVER) {
            throw new IllegalStateException("the guests halted for ever");
        }
        vcpu.cpu().wake(vcpu.time().skipTo(moment));
    }

    /** An IPI: who waits for it in HLT is ready now, and has its place in the queue anew. */
    void interrupt(Vcpu target, long instruction, long nanos) {
        boolean queued = target.cpu().isIdle() && waiting.remove(target);
        target.interrupt(instruction);
        target.thread().clock().waitUntil(target.cpu().isIdle() ? nanos : 0);
        if (queued) {
            waiting.add(target);
        }
    }

    /** Gives a vCPU the CPU that it is on, or has it go to another one first. */
    private void place(Vcpu vcpu) {
        if (migrates && cpus.length > 1 && dice.oneIn(MIGRATES_ONE_IN)) {
            migrate(vcpu, cpus[dice.below(cpus.length)]);
        }
        if (occupants[vcpu.thread().cpu().number()] != vcpu) {
            occupy(vcpu);
            vcpu.cpu().scheduleIn();
        }
    }

    private void migrate(Vcpu vcpu, PhysicalCpu to) {
        int from = vcpu.thread().cpu().number();
        if (from == to.number()) {
            return;
        }
        if (occupants[from] == vcpu) {
            vcpu.cpu().scheduleOut();
            occupants[from] = null;
        }
        vcpu.thread().moveTo(to);
    }

    private void occupy(Vcpu vcpu) {
        int number = vcpu.thread().cpu().number();
        Vcpu before = occupants[number];
        if (before != null) {
            before.cpu().scheduleOut();
        }
        occupants[number] = vcpu;
    }
}
