package io.trapline.producer.scenario;

import io.trapline.producer.emulator.Isa;
import io.trapline.producer.emulator.Msr;
import io.trapline.producer.emulator.MsrFilter;
import io.trapline.producer.emulator.guest.GuestMix;
import io.trapline.producer.emulator.guest.NestedMix;
import io.trapline.producer.emulator.guest.NestedMix.L1;
import io.trapline.producer.emulator.guest.VmPlan;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The keys of one item of {@code vms}. */
final class VmKeys {
    private static final int VMS_MAX = 10_000;
    private static final int VCPUS_MAX = 1_024;
    private static final int EVERY_USUAL = 16;
    private static final int STEPS_USUAL_MIN = 4;
    private static final int STEPS_USUAL_MAX = 40;

    private static final Map<String, Long> FILTERED =
            Map.of("xfd", Msr.XFD, "xfd-err", Msr.XFD_ERR, "efer", Msr.EFER, "spec-ctrl", Msr.SPEC_CTRL);

    private static final Map<String, Long> XFD = Map.of("0", 0L, "0x40000", 0x40000L);

    private static final Map<String, L1> L1S =
            Map.of("kvm", L1.KVM, "open", L1.OPEN, "open-but-nm", L1.OPEN_BUT_NM, "closed", L1.CLOSED);

    private VmKeys() {}

    static VmPlan read(YamlMapping vm, Isa isa) {
        boolean amx = vm.flag("amx", isa == Isa.VMX);
        if (amx && isa == Isa.SVM) {
            vm.problem("amx", "No AMD CPU shows XFD to KVM: set amx to false, or isa to vmx.");
        }
        int count = vm.number("count", 1, VMS_MAX, 1);
        int vcpus = vm.number("vcpus", 1, VCPUS_MAX, 1);
        GuestMix guest = GuestKeys.read(vm.mapping("guest"), amx);
        NestedMix nested = vm.has("nested") ? nested(vm.mapping("nested"), amx) : null;
        MsrFilter filter = vm.has("filter") ? filter(vm.mapping("filter")) : MsrFilter.ALLOW_ALL;
        YamlMapping restored = vm.mapping("restored");
        long xfd = restored.choice("xfd", XFD, 0L);
        long xfdErr = restored.choice("xfd-err", XFD, 0L);
        restored.end();
        if ((xfd | xfdErr) != 0 && !amx) {
            vm.problem("restored", "This guest's CPUID has no XFD: KVM_SET_MSRS would refuse it.");
        }
        if (vm.has("restored") && nested != null) {
            vm.problem("restored", "A migration brings no hypervisor here: leave restored or nested out.");
            nested = null;
        }
        vm.end();
        return new VmPlan(count, vcpus, amx, guest, nested, filter, vm.has("restored"), xfd, xfdErr);
    }

    private static NestedMix nested(YamlMapping nested, boolean amx) {
        L1 l1 = nested.choice("l1", L1S, L1.KVM);
        int every = nested.number("every", 1, NestedMix.STEPS_MAX, EVERY_USUAL);
        int[] steps = GuestKeys.range(nested, "steps", 1, NestedMix.STEPS_MAX, STEPS_USUAL_MIN, STEPS_USUAL_MAX);
        GuestMix guest = GuestKeys.read(nested.mapping("guest"), amx);
        nested.end();
        return new NestedMix(l1, every, steps[0], steps[1], guest);
    }

    private static MsrFilter filter(YamlMapping filter) {
        List<Long> reads = filter.choices("deny-reads", FILTERED, List.of());
        List<Long> writes = filter.choices("deny-writes", FILTERED, List.of());
        boolean toUserSpace = filter.choice("denied", Map.of("user-space", true, "gp", false), true);
        if (!filter.has("deny-reads") && !filter.has("deny-writes")) {
            filter.problem(
                    "deny-writes",
                    "A filter that denies nothing: name MSRs in deny-writes or deny-reads, or leave filter out.");
        }
        filter.end();
        return new MsrFilter(Set.copyOf(reads), Set.copyOf(writes), toUserSpace);
    }
}
