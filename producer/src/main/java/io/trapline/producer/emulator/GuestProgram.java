package io.trapline.producer.emulator;

/** The software of a guest. Its choices depend on its own dice and on what the CPU shows it, never on time. */
public interface GuestProgram {
    /** From the reset vector to the first task; ends with interrupts enabled. */
    void boot(GuestCpu cpu);

    /** The next few instructions; called again and again. */
    void step(GuestCpu cpu);

    /** Powers off: the last instruction does not return to the guest. */
    void shutDown(GuestCpu cpu);

    /** An exception, with interrupts disabled; returning from here is IRET to the instruction that faulted. */
    void exception(GuestCpu cpu, int vector);

    /** An interrupt, with interrupts disabled; returning from here is IRET. */
    void interrupt(GuestCpu cpu, int vector);

    /** What it noticed. {@code instructions} is what it has executed. */
    GuestReport report(long instructions);
}
