package io.trapline.producer.emulator;

import java.util.Objects;

/**
 * What things take, in cycles at a named frequency: stamps times and nothing else. The defaults follow section 7 of
 * {@code kvm-decision-logic.md} where it has a figure (CPUID round trip 1,050, PIO to user space 20,500, of which 13,000
 * for the hop), else they are assumptions of that order.
 *
 * @param name says which model in the run description
 * @param mhz cycles in a microsecond
 * @param guestInstruction one step of the guest
 * @param exit hardware exit to the first record, and the same for the entry
 * @param hostMsr one RDMSR or WRMSR of the host
 * @param handler the least that the handler of any slow exit takes
 * @param msrEmulation handler of an MSR access
 * @param pageFault handler of an EPT violation
 * @param mmioDecode decoding and emulating an instruction
 * @param userspaceHop to user space and back
 * @param hostInterrupt handler of a host interrupt
 * @param hostTask a task of the host that got the CPU meanwhile
 */
public record CostModel(
        String name,
        int mhz,
        int guestInstruction,
        int exit,
        int hostMsr,
        int handler,
        int msrEmulation,
        int pageFault,
        int mmioDecode,
        int userspaceHop,
        int hostInterrupt,
        int hostTask) {

    /** A server of 2 GHz. */
    public static final CostModel SERVER =
            new CostModel("server-2000mhz", 2_000, 120, 260, 60, 380, 420, 2_400, 3_300, 13_000, 1_800, 90_000);

    /** The same with exits that cost ten times as much: for tests that the guest does not notice. */
    static final CostModel SLOW = new CostModel(
            "slow-2000mhz", 2_000, 120, 2_600, 600, 3_800, 4_200, 24_000, 33_000, 130_000, 18_000, 900_000);

    public CostModel {
        Objects.requireNonNull(name);
        if (mhz < 1) {
            throw new IllegalArgumentException("cost model " + name + " runs at " + mhz + " MHz");
        }
    }
}
