package io.trapline.producer.emulator.guest;

import io.trapline.producer.emulator.Msr;
import io.trapline.producer.emulator.NestedControls;
import io.trapline.producer.emulator.Vector;

/** What L1 has for its guest to take at an entry: an exception that it hands on, else an interrupt of the local APIC it emulates. */
final class L2Events {
    private static final int NONE = 0;

    private int exception = NONE;
    private boolean irqWork;
    private long deadline = Long.MAX_VALUE;

    void queue(int vector) {
        exception = vector;
    }

    /** L2 wrote an MSR of its local APIC. */
    void apicWritten(long index, long value) {
        if (index == Msr.TSC_DEADLINE) {
            deadline = value;
        } else if (index == Msr.X2APIC_ICR) {
            irqWork = true;
        }
    }

    /** L2 halted: what it waits for comes at once. */
    void halted() {
        deadline = deadline == Long.MAX_VALUE ? deadline : 0;
    }

    /** Before an entry. */
    void injectInto(NestedControls controls, long tsc) {
        if (exception != NONE) {
            controls.inject(exception);
            exception = NONE;
        } else if (controls.interruptsEnabled() && irqWork) {
            controls.inject(Vector.IRQ_WORK);
            irqWork = false;
        } else if (controls.interruptsEnabled() && tsc >= deadline) {
            controls.inject(Vector.TIMER);
            deadline = Long.MAX_VALUE;
        }
    }
}
