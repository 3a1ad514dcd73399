package io.trapline.producer.emulator;

/** Numbers of the exceptions and interrupts that can happen here. */
final class Vector {
    static final int DB = 1;
    static final int UD = 6;
    static final int NM = 7;
    static final int GP = 13;
    static final int AC = 17;
    static final int MC = 18;
    /** Linux's LOCAL_TIMER_VECTOR, in the guest and in the host. */
    static final int TIMER = 0xec;
    /** Linux's IRQ_WORK_VECTOR: what the guest sends to itself. */
    static final int IRQ_WORK = 0xf6;

    private Vector() {}
}
