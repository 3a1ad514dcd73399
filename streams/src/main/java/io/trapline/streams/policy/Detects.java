package io.trapline.streams.policy;

import java.util.Map;

/**
 * What goes wrong, and for whom, where a policy is violated: a paragraph for people who do not know the rule. In one table,
 * so that the paragraphs can be read against each other; a test checks that each policy has one.
 */
final class Detects {
    private static final Map<String, String> BY_POLICY = Map.ofEntries(
            Map.entry(
                    "P1",
                    "KVM left IRQs on before it read IA32_XFD_ERR of a guest's fault. A softirq of the host that uses the FPU"
                            + " can overwrite the register, and the guest's #NM handler then does not see why it was called."),
            Map.entry(
                    "P2",
                    "KVM read IA32_XFD_ERR for a #NM that cannot be an XFD fault. On a host without XFD the read itself"
                            + " faults and leaves a warning in the host's log."),
            Map.entry(
                    "P3",
                    "The #NM came from CR0.TS, which does not write IA32_XFD_ERR, and KVM took the old value of the register"
                            + " for a new one: what the guest had in it is lost."),
            Map.entry(
                    "P4",
                    "A #NM that L1 asks for was given to L2 instead, or to both. L1 does not switch its guest's tiles in, or"
                            + " L2 sees a fault that is not its own."),
            Map.entry(
                    "P5",
                    "A #NM that KVM trapped did not reach the guest, or reached it twice. The guest repeats the faulting"
                            + " instruction for ever, or handles a fault that never was."),
            Map.entry(
                    "P6",
                    "The guest's #NM handler cleared IA32_XFD_ERR, so it saw a fault, but KVM never trapped one: the register"
                            + " was not saved, and the next host thread could have changed it."),
            Map.entry(
                    "P7",
                    "One of the exception bitmaps does not follow nowi. The #NM of the level it belongs to is not trapped,"
                            + " and IA32_XFD_ERR is lost when the host uses the FPU."),
            Map.entry(
                    "P8",
                    "KVM did not read the guest's IA32_XFD after an exit although the guest can change it without one. The"
                            + " next context switch saves the guest's FPU by a stale value: tile data of the guest is"
                            + " dropped, or kept where the guest has given it up."),
            Map.entry(
                    "P9",
                    "KVM decided by a stale IA32_XFD whether IA32_XFD_ERR has to be read: it read the guest's value too late."
                            + " A fault of the guest can be taken for one that is none, and its reason is lost."),
            Map.entry(
                    "P10",
                    "The guest was entered without the IA32_XFD_ERR that is pending for it, or with one that is not. Its #NM"
                            + " handler does not load the tiles that the task needs, and the task dies."),
            Map.entry(
                    "P11",
                    "The guest's IA32_XFD_ERR was still in the register when the host had IRQs on. The next #NM of the host"
                            + " is taken for an XFD fault of the feature that the guest used."),
            Map.entry(
                    "P12",
                    "L1 goes on to exit for IA32_XFD although the first accepted non-zero write should have ended that: each"
                            + " context switch of the guest that changes the MSR costs an exit. Nothing is lost."),
            Map.entry(
                    "P13",
                    "KVM took a value of IA32_XFD or IA32_XFD_ERR that the guest must not set, or refused one and did not"
                            + " give #GP. The guest can disable features that KVM does not know of, or goes on as if the"
                            + " write had worked."),
            Map.entry(
                    "P14",
                    "The register held bits that the guest was never permitted. While IA32_XFD is passed through only the"
                            + " CPU checks them, and the host then runs with a feature disabled that it uses."),
            Map.entry(
                    "P15",
                    "An MSR access of L2 went to the wrong hypervisor: L1 does not see what it asked to see, or L2 reaches an"
                            + " MSR of L0 that L1 wanted to hide."),
            Map.entry(
                    "P16",
                    "L2 can reach an MSR without an exit that L0 or L1 intercepts: a guest of a guest reads or writes what"
                            + " belongs to the host."),
            Map.entry(
                    "P17",
                    "A guest got through to an MSR that the VMM's filter denies: what the VMM wanted to emulate or forbid"
                            + " happened in the kernel."),
            Map.entry(
                    "P18",
                    "A test of the MSR bitmap asked for another MSR, or in another VMCS, than the one it decides about: a"
                            + " sync is skipped that was due."),
            Map.entry(
                    "P19",
                    "The kernel's note of what is in IA32_XFD does not agree with the register. A write that is needed is"
                            + " skipped, and the kernel takes a #NM while it restores a task's FPU state."),
            Map.entry(
                    "P20",
                    "The guest's saved FPU state claims tile data that its IA32_XFD disables. Restoring it raises #NM in the"
                            + " host kernel: a guest can bring the host down."),
            Map.entry(
                    "P21",
                    "IA32_XFD was read after exits of L2, whose writes of it always exit: each read is work for nothing."),
            Map.entry(
                    "P22",
                    "KVM trapped a #NM that is no XFD fault: the exit is the price of trapping all of them, paid by guests"
                            + " that switch the FPU lazily."),
            Map.entry(
                    "P23",
                    "The recording has two entries without an exit between them, or two exits without an entry. Records are"
                            + " missing there that no marker shows, and nothing that rests on a missing record can be said."),
            Map.entry(
                    "P24",
                    "Entries and exits of L2 do not pair: records are missing, or KVM ran a level that it did not mean to"
                            + " run."),
            Map.entry(
                    "P25",
                    "The guest was entered with another event than the one that KVM had announced: an exception was lost on"
                            + " the way, or replaced by one that the guest did not cause."),
            Map.entry(
                    "P26",
                    "KVM let a guest on an AMD CPU access IA32_XFD or IA32_XFD_ERR, which no such CPU offers: the guest"
                            + " believes in a feature that is not there."),
            Map.entry(
                    "P27",
                    "The guest was entered without its own FPU state in the registers, or the state was loaded or put away"
                            + " twice: guest and VMM see each other's registers."),
            Map.entry(
                    "P28",
                    "A guest exits for an MSR that this kernel can pass through. It costs time, and may still be right: a"
                            + " filter, a nested guest, or a condition of the list that is not met."));

    private Detects() {}

    /** The paragraph of the policy with this id, null where there is none. */
    static String by(String policy) {
        return BY_POLICY.get(policy);
    }
}
