package io.trapline.producer.emulator;

/** Numbers of the exceptions and interrupts that can happen here. */
public final class Vector {
    public static final int DB = 1;
    public static final int UD = 6;
    public static final int NM = 7;
    public static final int GP = 13;
    public static final int AC = 17;
    public static final int MC = 18;
    /** Linux's LOCAL_TIMER_VECTOR, in the guest and in the host. */
    public static final int TIMER = 0xec;
    /** Linux's IRQ_WORK_VECTOR: what the guest sends to itself. */
    public static final int IRQ_WORK = 0xf6;
    /** Linux's RESCHEDULE_VECTOR: what a vCPU sends to another one. */
    public static final int RESCHEDULE = 0xfd;

    private Vector() {}
}
