package io.trapline.producer.emulator;

/** The guest's local APIC as KVM keeps it: what is pending, what is in service, and the deadline timer. */
final class LocalApic {
    static final int REGISTER_EOI = 0xb0;
    static final int REGISTER_ICR = 0x300;
    static final long NEVER = Long.MAX_VALUE;
    static final int NONE = 0;

    private boolean timerPending;
    private boolean irqWorkPending;
    private boolean reschedulePending;
    private int inService = NONE;
    private long deadline = NEVER;
    private long kick = NEVER;

    void arm(long instruction) {
        deadline = instruction;
    }

    /** The instruction at which the timer fires, or {@link #NEVER}. */
    long deadline() {
        return deadline;
    }

    void fireTimer() {
        deadline = NEVER;
        timerPending = true;
    }

    void sendToSelf() {
        irqWorkPending = true;
    }

    /**
     * Another vCPU has sent an IPI before this instruction, to which this vCPU may still have to come: an exit before it does not
     * find the interrupt. The vCPU, if it is in the guest then, is kicked out of it.
     */
    void receive(long instruction) {
        kick = Math.min(kick, instruction);
    }

    /** The instruction before which the host is interrupted to make it look here, or {@link #NEVER}. */
    long kick() {
        return kick;
    }

    void kicked() {
        kick = NEVER;
        reschedulePending = true;
    }

    void endOfInterrupt() {
        inService = NONE;
    }

    /** The vector to inject next, or {@link #NONE}: one of a class not above the one in service has to wait. */
    int injectable() {
        int highest = NONE;
        if (reschedulePending) {
            highest = Vector.RESCHEDULE;
        } else if (irqWorkPending) {
            highest = Vector.IRQ_WORK;
        } else if (timerPending) {
            highest = Vector.TIMER;
        }
        return highest >> 4 > inService >> 4 ? highest : NONE;
    }

    /** Moves a vector from pending to in service. */
    void accept(int vector) {
        if (vector == Vector.RESCHEDULE) {
            reschedulePending = false;
        } else if (vector == Vector.IRQ_WORK) {
            irqWorkPending = false;
        } else {
            timerPending = false;
        }
        inService = vector;
    }
}
