package io.trapline.producer.emulator;

/**
 * The CPU as the guest's software sees it: each method is an instruction, or a few that always come together. Whether it
 * exits is not the guest's business. Exceptions and interrupts call the program's handlers before the method returns.
 */
public interface GuestCpu {
    /** Jumps: the next instruction is at this address. */
    GuestCpu at(long rip);

    /** An instruction that never exits. */
    void compute();

    CpuidLeaf cpuid(int func, int idx);

    long readMsr(long index);

    /** A value that the CPU or the hypervisor refuses is #GP. */
    void writeMsr(long index, long value);

    void out(int port, int size, long value);

    long in(int port, int size);

    void writeMmio(long gpa, int len, long value);

    long readMmio(long gpa, int len);

    /** Writes to a page of RAM, which may be its first use. */
    void touch(long gpa);

    void xsetbv();

    void halt();

    /** TILELOADD of a content other than 0. */
    void loadTiles(long content);

    /** TILESTORED: the content, 0 in the initial state. */
    long storeTiles();

    /** XSAVE of tile data. */
    long xsaveTiles();

    /** XRSTOR of tile data; 0 is the initial state. */
    void xrstorTiles(long saved);

    void enableInterrupts();

    long tsc();

    /** Number of this vCPU in its VM. */
    int number();

    /**
     * HLT as the last instruction of a step: the next step comes after an interrupt, which another vCPU may send. In contrast
     * {@link #halt} waits for the vCPU's own timer before it returns.
     */
    void idle();

    /** What MOV from CR0 reads. */
    long cr0();

    /** MOV to CR0. A change of TS alone, lazy FPU's way, never exits where the CPU has nested paging. */
    void writeCr0(long value);

    /** An instruction on FPU state other than tile data: #NM where CR0.TS is set. */
    void useFpu();

    /** VMCALL or VMMCALL, answered with 0 by a hypervisor that does not know it. */
    long hypercall(long number, long argument);

    /**
     * Runs a guest of this guest for so many steps of its program, then for as long as L2 takes to HLT, and returns at L1. L1's
     * interrupts and what L1 intercepts call L1's code in between.
     */
    void runNested(NestedGuest guest, int steps);
}
