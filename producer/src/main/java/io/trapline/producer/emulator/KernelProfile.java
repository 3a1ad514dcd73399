package io.trapline.producer.emulator;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Kernels whose forms and rules are known here. */
public enum KernelProfile {
    V6_1("6.1"),
    /** An ICR write or HLT re-enters without a sync (R17). */
    V6_12("6.12"),
    /** Entries and exits print what they inject and request (6.14), and #NM with CR0.TS leaves XFD_ERR alone (R12). */
    V6_15("6.15");

    private final String version;

    KernelProfile(String version) {
        this.version = version;
    }

    public String version() {
        return version;
    }

    /** The profile of this version. */
    public static KernelProfile ofVersion(String version) {
        for (KernelProfile profile : values()) {
            if (profile.version.equals(version)) {
                return profile;
            }
        }
        throw new IllegalArgumentException("no profile " + version + ", but "
                + Arrays.stream(values()).map(KernelProfile::version).collect(Collectors.joining(", ")));
    }

    /** R17. */
    boolean reentersOnFastPath() {
        return compareTo(V6_12) >= 0;
    }

    /** Whether entries print intr_info, and exits requests. */
    boolean printsEntryInjection() {
        return compareTo(V6_15) >= 0;
    }

    /** R12. */
    boolean looksAtTaskSwitched() {
        return compareTo(V6_15) >= 0;
    }

    /** Whether SVM's exit is recorded with IRQs still off (6.5..6.6). */
    boolean recordsSvmExitsEarly() {
        return compareTo(V6_12) >= 0;
    }
}
