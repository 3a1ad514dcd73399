package io.trapline.producer.emulator;

import java.util.Objects;
import java.util.function.IntFunction;

/**
 * One VM of a host.
 *
 * @param name names the VM in the run
 * @param vcpus how many vCPUs
 * @param guestXfd whether the guest's CPUID has XFD and tile data
 * @param filter of user space on MSR accesses
 * @param restoredXfd what KVM_SET_MSRS put into XFD before the first entry, as after a migration; 0 is a guest that boots
 * @param restoredXfdErr the same for XFD_ERR
 * @param programs a guest program of its own for each vCPU number
 */
public record VmSetup(
        String name,
        int vcpus,
        boolean guestXfd,
        MsrFilter filter,
        long restoredXfd,
        long restoredXfdErr,
        IntFunction<GuestProgram> programs) {

    public VmSetup {
        Objects.requireNonNull(name);
        Objects.requireNonNull(filter);
        Objects.requireNonNull(programs);
        if (vcpus < 1) {
            throw new IllegalArgumentException("VM " + name + " has " + vcpus + " vCPUs");
        }
        if ((restoredXfd & ~PhysicalCpu.XTILE_DATA) != 0 || (restoredXfdErr & ~PhysicalCpu.XTILE_DATA) != 0) {
            throw new IllegalArgumentException("VM " + name + ": KVM_SET_MSRS refuses XFD "
                    + Long.toHexString(restoredXfd) + " or XFD_ERR " + Long.toHexString(restoredXfdErr));
        }
        if (!guestXfd && (restoredXfd | restoredXfdErr) != 0) {
            throw new IllegalArgumentException("VM " + name + " has no XFD to restore");
        }
    }

    /** A VM that boots, has XFD, and of which nothing is filtered. */
    public static VmSetup of(String name, int vcpus, IntFunction<GuestProgram> programs) {
        return new VmSetup(name, vcpus, true, MsrFilter.ALLOW_ALL, 0, 0, programs);
    }

    public VmSetup withoutXfd() {
        return new VmSetup(name, vcpus, false, filter, 0, 0, programs);
    }

    public VmSetup withFilter(MsrFilter newFilter) {
        return new VmSetup(name, vcpus, guestXfd, newFilter, restoredXfd, restoredXfdErr, programs);
    }

    /** As a migration leaves it: with these values of XFD and XFD_ERR already there. */
    public VmSetup restored(long xfd, long xfdErr) {
        return new VmSetup(name, vcpus, guestXfd, filter, xfd, xfdErr, programs);
    }
}
