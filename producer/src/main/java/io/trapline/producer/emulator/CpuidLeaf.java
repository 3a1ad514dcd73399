package io.trapline.producer.emulator;

/** One CPUID leaf of the guest, as numbers of 32 bits each. */
public record CpuidLeaf(int func, int idx, long rax, long rbx, long rcx, long rdx) {
    /** The leaves of a guest with AMX, as {@code bochs-amx/direct-linux-6.1} has them (emulated Sapphire Rapids). */
    private static final CpuidLeaf[] LEAVES = {
        new CpuidLeaf(0, 0, 0x1f, 0x756e6547, 0x6c65746e, 0x49656e69),
        new CpuidLeaf(1, 0, 0x806f8, 0x10800, 0x7efa3223, 0xf8bfbff),
        new CpuidLeaf(7, 0, 2, 0xf1bf27ebL, 0x18415f6e, 0xafc04410L),
        new CpuidLeaf(0xd, 0, 0x602e7, 0x2b00, 0x2b00, 0),
        new CpuidLeaf(0xd, 1, 0x1f, 0x2a00, 0, 0),
        new CpuidLeaf(0xd, 0x12, 0x2000, 0xb00, 6, 0),
    };

    /** The same without XFD, XTILE_CFG and XTILE_DATA. */
    private static final CpuidLeaf[] WITHOUT_XFD = {
        new CpuidLeaf(7, 0, 2, 0xf1bf27ebL, 0x18415f6e, 0xac004410L),
        new CpuidLeaf(0xd, 0, 0x2e7, 0xa88, 0xa88, 0),
        new CpuidLeaf(0xd, 1, 0xf, 0x988, 0, 0),
        new CpuidLeaf(0xd, 0x12, 0, 0, 0, 0),
    };

    /** A leaf that the guest has; any other is a bug of the program. */
    static CpuidLeaf of(int func, int idx, boolean xfd) {
        CpuidLeaf other = xfd ? null : find(WITHOUT_XFD, func, idx);
        CpuidLeaf leaf = other == null ? find(LEAVES, func, idx) : other;
        if (leaf == null) {
            throw new IllegalArgumentException("this guest has no CPUID leaf " + func + ", " + idx);
        }
        return leaf;
    }

    private static CpuidLeaf find(CpuidLeaf[] leaves, int func, int idx) {
        for (CpuidLeaf leaf : leaves) {
            if (leaf.func == func && leaf.idx == idx) {
                return leaf;
            }
        }
        return null;
    }
}
