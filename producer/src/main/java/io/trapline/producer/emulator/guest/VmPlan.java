package io.trapline.producer.emulator.guest;

import io.trapline.producer.emulator.Dice;
import io.trapline.producer.emulator.GuestProgram;
import io.trapline.producer.emulator.Isa;
import io.trapline.producer.emulator.MsrFilter;
import io.trapline.producer.emulator.VmSetup;
import java.util.Objects;

/**
 * VMs of one kind, as a scenario describes them.
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
        long restoredXfdErr) {

    public VmPlan {
        Objects.requireNonNull(guest);
        Objects.requireNonNull(filter);
        if (count < 1 || vcpus < 1) {
            throw new IllegalArgumentException(count + " VMs of " + vcpus + " vCPUs");
        }
        if (restored && nested != null) {
            throw new IllegalArgumentException("a migration brings no hypervisor here");
        }
    }

    /** One VM of so many vCPUs that boots, has XFD, is no hypervisor, and of which nothing is filtered. */
    public static VmPlan of(int vcpus, GuestMix guest) {
        return new VmPlan(1, vcpus, true, guest, null, MsrFilter.ALLOW_ALL, false, 0, 0);
    }

    /** The same, but that it runs a guest of its own. */
    public VmPlan running(NestedMix newNested) {
        return new VmPlan(count, vcpus, guestXfd, guest, newNested, filter, restored, restoredXfd, restoredXfdErr);
    }

    /** One of the VMs. {@code index} is its number among all of the host: each vCPU of each VM has dice of its own. */
    public VmSetup setup(String name, int index, long seed, Isa isa) {
        return new VmSetup(
                name,
                vcpus,
                guestXfd,
                filter,
                restoredXfd,
                restoredXfdErr,
                vcpu -> program(index == 0 && vcpu == 0 ? seed : seed(seed, index, vcpu), isa));
    }

    private static long seed(long seed, int index, int vcpu) {
        return new Dice(seed, "vm " + index + " vcpu " + vcpu).next();
    }

    private GuestProgram program(long seed, Isa isa) {
        if (restored) {
            return TasksProgram.restored(seed, guest, vcpus, restoredXfd, restoredXfdErr);
        }
        TasksProgram tasks = new TasksProgram(seed, guest, vcpus);
        return nested == null ? tasks : new NestedTasksProgram(seed, tasks, nested, guestXfd, isa);
    }

    /** In the same order always: everything of it that decides about the bytes. */
    public String canonical() {
        return "count=" + count + ",vcpus=" + vcpus + ",amx=" + guestXfd + ",guest={" + guest.canonical() + "},nested={"
                + (nested == null ? "" : nested.canonical()) + "},filter={" + filter.canonical() + "},restored="
                + (restored ? Long.toHexString(restoredXfd) + "/" + Long.toHexString(restoredXfdErr) : "no");
    }
}
