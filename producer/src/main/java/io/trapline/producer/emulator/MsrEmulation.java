package io.trapline.producer.emulator;

import java.util.Set;

/** What KVM answers to an MSR access that exits, of whatever level (R3-R5, R8, R10, R21). */
final class MsrEmulation {
    /** How an access ended. */
    enum Outcome {
        DONE,
        GP,
        TO_USER_SPACE
    }

    private final VcpuState vcpu;
    private final XfdDecisions xfd;
    private final Interception interception;
    private final LocalApic apic;
    private final MsrFilter filter;
    private final TraceRecorder recorder;
    private final boolean ignoresFilter;
    private final boolean xfdOnSvm;
    private long specCtrl;
    private long kernelGsBase;
    private long value;

    MsrEmulation(
            VcpuState vcpu,
            XfdDecisions xfd,
            Interception interception,
            LocalApic apic,
            MsrFilter filter,
            TraceRecorder recorder,
            KvmSetup setup) {
        this.vcpu = vcpu;
        this.xfd = xfd;
        this.interception = interception;
        this.apic = apic;
        this.filter = filter;
        this.recorder = recorder;
        Set<Bug> bugs = setup.bugs();
        ignoresFilter = bugs.contains(Bug.FILTER_IGNORED);
        xfdOnSvm = bugs.contains(Bug.XFD_ON_SVM) && setup.isa() == Isa.SVM;
    }

    /** What the last read has read. */
    long value() {
        return value;
    }

    Outcome read(long index) {
        value = 0;
        if (isFiltered(index, false)) {
            return filtered(index, false, 0);
        }
        boolean known = valueOf(index);
        recorder.guestMsr(false, index, value, !known);
        return known ? Outcome.DONE : Outcome.GP;
    }

    private boolean valueOf(long index) {
        if (index == Msr.EFER) {
            value = 0xd01;
        } else if (index == Msr.APIC_BASE) {
            value = 0xfee00d00L;
        } else if (index == Msr.XFD || index == Msr.XFD_ERR) {
            value = index == Msr.XFD ? vcpu.xfd() : vcpu.xfdErr(); // R8
            return vcpu.guestXfd() || xfdOnSvm;
        } else if (index == Msr.SPEC_CTRL) {
            value = specCtrl;
        } else if (index == Msr.KERNEL_GS_BASE) {
            value = kernelGsBase;
        }
        return true;
    }

    Outcome write(long index, long newValue) {
        if (isFiltered(index, true)) {
            return filtered(index, true, newValue);
        }
        boolean accepted = accept(index, newValue);
        recorder.guestMsr(true, index, newValue, !accepted);
        if (accepted) {
            afterWrite(index, newValue);
        }
        return accepted ? Outcome.DONE : Outcome.GP;
    }

    private boolean accept(long index, long newValue) {
        if (index == Msr.XFD) {
            return xfd.writeXfd(newValue) || xfdOnSvm;
        } else if (index == Msr.XFD_ERR) {
            return xfd.writeXfdErr(newValue) || xfdOnSvm;
        } else if (index == Msr.TSC_DEADLINE) {
            apic.arm(newValue == 0 ? LocalApic.NEVER : GuestTime.instructionAt(newValue));
        } else if (index == Msr.X2APIC_EOI) {
            apic.endOfInterrupt();
            recorder.apicWrite(LocalApic.REGISTER_EOI, newValue);
        } else if (index == Msr.SPEC_CTRL) {
            specCtrl = newValue;
        } else if (index == Msr.KERNEL_GS_BASE) {
            kernelGsBase = newValue;
        }
        return true;
    }

    private void afterWrite(long index, long newValue) {
        if (index == Msr.XFD && vcpu.guestXfd()) {
            interception.xfdWritten(newValue);
        } else if (index == Msr.SPEC_CTRL) {
            interception.specCtrlWritten(newValue);
        }
    }

    /** KVM_SET_MSRS (R7): no record, no filter, and R4 as for the guest's own writes. */
    void setByUserSpace(long index, long newValue) {
        if (accept(index, newValue)) {
            afterWrite(index, newValue);
        }
    }

    private boolean isFiltered(long index, boolean write) {
        return filter.denies(index, write) && !ignoresFilter;
    }

    private Outcome filtered(long index, boolean write, long data) {
        if (filter.toUserSpace()) {
            return Outcome.TO_USER_SPACE;
        }
        recorder.guestMsr(write, index, data, true);
        return Outcome.GP;
    }

    /** SPEC_CTRL and KERNEL_GS_BASE as the guest has them, whoever writes them. */
    long passedThrough(long index) {
        return index == Msr.SPEC_CTRL ? specCtrl : kernelGsBase;
    }

    void passThrough(long index, long newValue) {
        if (index == Msr.SPEC_CTRL) {
            specCtrl = newValue;
        } else {
            kernelGsBase = newValue;
        }
    }
}
