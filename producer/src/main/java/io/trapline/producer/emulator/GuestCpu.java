package io.trapline.producer.emulator;

/**
 * The CPU as the guest's software sees it: each method is an instruction, or a few that always come together. Whether it
 * exits is not the guest's business. Exceptions and interrupts call the program's handlers before the method returns.
 */
interface GuestCpu {
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
}
