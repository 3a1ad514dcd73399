package io.trapline.producer.emulator.guest;

import java.util.Objects;

/**
 * A hypervisor in L1 and the guest that it runs.
 *
 * @param l1 how it deals with XFD and #NM of its guest
 * @param everySteps one of so many steps of L1's own guest program runs L2
 * @param stepsMin fewest steps of L2 at a time
 * @param stepsMax most
 * @param guest what runs in L2
 */
public record NestedMix(L1 l1, int everySteps, int stepsMin, int stepsMax, GuestMix guest) {
    public static final int STEPS_MAX = 100_000;

    /** Hypervisors that are known here. */
    public enum L1 {
        /** KVM on Linux: intercepts XFD up to the first value other than 0, and #NM from then on. */
        KVM,
        /** Leaves XFD, XFD_ERR and #NM to its guest, and changes XFD itself when it runs it and when it does not. */
        OPEN,
        /** As OPEN, but wants to see #NM, which it then hands to its guest. */
        OPEN_BUT_NM,
        /** Intercepts all MSRs and #NM, for ever, and does for its guest what that wanted. */
        CLOSED
    }

    public NestedMix {
        Objects.requireNonNull(l1);
        Objects.requireNonNull(guest);
        if (everySteps < 1 || stepsMin < 1 || stepsMax < stepsMin || Math.max(everySteps, stepsMax) > STEPS_MAX) {
            throw new IllegalArgumentException("L2 every " + everySteps + " steps for " + stepsMin + " to " + stepsMax);
        }
    }

    /** In the same order always: part of what decides about the bytes. */
    String canonical() {
        return l1 + ",every=" + everySteps + ",steps=" + stepsMin + ".." + stepsMax + ",guest={" + guest.canonical()
                + "}";
    }
}
