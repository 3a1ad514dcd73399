package io.trapline.producer.scenario;

import io.trapline.producer.emulator.GuestMix;
import io.trapline.producer.emulator.MsrFilter;
import io.trapline.producer.emulator.NestedMix;

/**
 * VMs of one kind.
 *
 * @param count how many
 * @param vcpus of each
 * @param guestXfd whether the guest's CPUID has AMX and XFD
 * @param nested what runs in L2; null where the guest is no hypervisor
 * @param filter of user space on the guest's MSR accesses
 * @param restored whether the guest was migrated here in the middle of its work
 * @param restoredXfd XFD that the migration brought
 * @param restoredXfdErr XFD_ERR that it brought
 */
public record VmPlan(
        int count,
        int vcpus,
        boolean guestXfd,
        GuestMix guest,
        NestedMix nested,
        MsrFilter filter,
        boolean restored,
        long restoredXfd,
        long restoredXfdErr) {}
