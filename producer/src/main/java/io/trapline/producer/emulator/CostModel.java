package io.trapline.producer.emulator;

import java.util.Objects;

/**
 * What things take, in cycles at a named frequency: stamps times and nothing else. The numbers come from a {@link CostFile},
 * which has their ranges and sources.
 *
 * @param name says which model in the run description
 * @param mhz cycles in a microsecond
 * @param guestInstruction one step of the guest
 * @param exit hardware exit to the first record, and the same for the entry
 * @param rdmsr one RDMSR of the host
 * @param wrmsr one WRMSR of the host
 * @param handler the least that the handler of any slow exit takes
 * @param msrEmulation handler of an MSR access
 * @param pageFault handler of an EPT violation
 * @param mmioDecode decoding and emulating an instruction
 * @param userspaceHop to user space and back
 * @param hostInterrupt handler of a host interrupt
 * @param hostTask a task of the host that got the CPU meanwhile
 * @param injection delivering an event, beyond what the handler takes
 * @param nestedSwitch emulating an entry into L2, or an exit to L1
 * @param eb01Refresh bringing vmcs01's exception bitmap up to date at a nested exit
 */
public record CostModel(
        String name,
        int mhz,
        int guestInstruction,
        int exit,
        int rdmsr,
        int wrmsr,
        int handler,
        int msrEmulation,
        int pageFault,
        int mmioDecode,
        int userspaceHop,
        int hostInterrupt,
        int hostTask,
        int injection,
        int nestedSwitch,
        int eb01Refresh) {

    /** A server of 2 GHz. */
    public static final CostModel SERVER = CostFile.SERVER.model();

    /** The same with exits that cost ten times as much: for tests that the guest does not notice. */
    static final CostModel SLOW = new CostModel(
            "slow-2000mhz",
            2_000,
            120,
            2_600,
            600,
            600,
            3_800,
            4_200,
            24_000,
            33_000,
            130_000,
            18_000,
            900_000,
            3_000,
            26_000,
            500);

    public CostModel {
        Objects.requireNonNull(name);
        if (mhz < 1) {
            throw new IllegalArgumentException("cost model " + name + " runs at " + mhz + " MHz");
        }
    }

    long nanos(long cycles) {
        return cycles * 1_000 / mhz;
    }

    /** All of it in one line. What is as in the ids of older runs, which did not name it, is left out. */
    String canonical() {
        String line = "CostModel[name=" + name + ", mhz=" + mhz + ", guestInstruction=" + guestInstruction + ", exit="
                + exit + ", hostMsr=" + rdmsr + ", handler=" + handler + ", msrEmulation=" + msrEmulation
                + ", pageFault=" + pageFault + ", mmioDecode=" + mmioDecode + ", userspaceHop=" + userspaceHop
                + ", hostInterrupt=" + hostInterrupt + ", hostTask=" + hostTask;
        if (injection != SERVER.injection || nestedSwitch != SERVER.nestedSwitch) {
            line += ", injection=" + injection + ", nestedSwitch=" + nestedSwitch;
        }
        if (wrmsr != rdmsr || eb01Refresh != SERVER.eb01Refresh) {
            line += ", wrmsr=" + wrmsr + ", eb01Refresh=" + eb01Refresh;
        }
        return line + "]";
    }
}
