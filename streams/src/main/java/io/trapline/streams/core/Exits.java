package io.trapline.streams.core;

import io.trapline.schemas.table.ExitReasons;

/** Which exits mean something to the replay, by their numbers. */
public final class Exits {
    private static final long BASIC = 0xffff;

    private static final int VMX_EXCEPTION_NMI = vmx("EXCEPTION_NMI");
    private static final int VMX_EXTERNAL_INTERRUPT = vmx("EXTERNAL_INTERRUPT");
    private static final int VMX_HLT = vmx("HLT");
    private static final int VMX_INVD = vmx("INVD");
    private static final int VMX_IO_INSTRUCTION = vmx("IO_INSTRUCTION");
    private static final int VMX_MSR_READ = vmx("MSR_READ");
    private static final int VMX_MSR_WRITE = vmx("MSR_WRITE");
    private static final int VMX_MSR_READ_IMM = vmx("MSR_READ_IMM");
    private static final int VMX_MSR_WRITE_IMM = vmx("MSR_WRITE_IMM");
    private static final int VMX_PREEMPTION_TIMER = vmx("PREEMPTION_TIMER");
    private static final int VMX_XSETBV = vmx("XSETBV");
    private static final int VMX_VMLAUNCH = vmx("VMLAUNCH");
    private static final int VMX_VMRESUME = vmx("VMRESUME");
    private static final int VMX_VMCLEAR = vmx("VMCLEAR");
    private static final int VMX_VMPTRLD = vmx("VMPTRLD");
    private static final int VMX_VMWRITE = vmx("VMWRITE");
    private static final int VMX_VMOFF = vmx("VMOFF");
    private static final int VMX_CR_ACCESS = vmx("CR_ACCESS");
    private static final int VMX_VMCALL = vmx("VMCALL");
    private static final int VMX_APIC_ACCESS = vmx("APIC_ACCESS");
    private static final int VMX_EPT_VIOLATION = vmx("EPT_VIOLATION");
    private static final int VMX_EPT_MISCONFIG = vmx("EPT_MISCONFIG");

    private static final int SVM_GP = svm("GP excp");
    private static final int SVM_MSR = svm("msr");
    private static final int SVM_HLT = svm("hlt");
    private static final int SVM_INVD = svm("invd");
    private static final int SVM_IO = svm("io");
    private static final int SVM_VMRUN = svm("vmrun");
    private static final int SVM_NM = svm("NM excp");
    private static final int SVM_READ_CR0 = svm("read_cr0");
    private static final int SVM_WRITE_CR0 = svm("write_cr0");
    private static final int SVM_CR0_SEL_WRITE = svm("cr0_sel_write");
    private static final int SVM_VMMCALL = svm("hypercall");
    private static final int SVM_IDLE_HLT = svm("idle-halt");
    private static final int SVM_NPF = svm("npf");

    /** Control registers have 16 reasons for reads and as many for writes. */
    private static final int SVM_CRS = 16;

    private static final long INTR_INFO_VALID = 1L << 31;
    private static final int INTR_INFO_TYPE_SHIFT = 8;
    private static final long INTR_INFO_TYPE = 7L << INTR_INFO_TYPE_SHIFT;
    private static final long HARDWARE_EXCEPTION = 3L << 8;
    private static final int VECTOR = 0xff;
    private static final int GP_VECTOR = 13;

    static final int NM_VECTOR = 7;
    static final long REAL_MODE_RIP_MAX = 0xffff;

    private Exits() {}

    private static int vmx(String name) {
        return number(ExitReasons.VMX, name);
    }

    private static int svm(String name) {
        return number(ExitReasons.SVM, name);
    }

    private static int number(int isa, String name) {
        long number = ExitReasons.number(isa, name);
        if (number < 0) {
            throw new IllegalStateException("the table of exit reasons has no " + name);
        }
        return Math.toIntExact(number);
    }

    private static boolean isVmx(int isa, long reason, int number) {
        return isa == ExitReasons.VMX && (reason & BASIC) == number;
    }

    /** R17: exits that KVM may handle inside the run loop. SVM's msr exit is one only where it writes. */
    static boolean mayTakeFastPath(int isa, long reason, long info1) {
        if (isa == ExitReasons.SVM) {
            return reason == SVM_HLT || reason == SVM_INVD || reason == SVM_MSR && info1 == 1;
        }
        if (isa != ExitReasons.VMX) {
            return false;
        }
        int basic = (int) (reason & BASIC);
        return basic == VMX_PREEMPTION_TIMER
                || basic == VMX_HLT
                || basic == VMX_INVD
                || basic == VMX_MSR_WRITE
                || basic == VMX_MSR_WRITE_IMM;
    }

    /** KVM calls the host's handler for it with IRQs still off. */
    static boolean isExternalInterrupt(int isa, long reason) {
        return isVmx(isa, reason, VMX_EXTERNAL_INTERRUPT);
    }

    public static boolean isPreemptionTimer(int isa, long reason) {
        return isVmx(isa, reason, VMX_PREEMPTION_TIMER);
    }

    /** XCR0 is written. */
    public static boolean isXsetbv(int isa, long reason) {
        return isVmx(isa, reason, VMX_XSETBV);
    }

    /** A write of an MSR: on the fast path it always leaves a kvm_msr. */
    public static boolean writesMsr(int isa, long reason, long info1) {
        if (isa == ExitReasons.SVM) {
            return reason == SVM_MSR && info1 == 1;
        }
        int basic = (int) (reason & BASIC);
        return isa == ExitReasons.VMX && (basic == VMX_MSR_WRITE || basic == VMX_MSR_WRITE_IMM);
    }

    /** An access to an MSR that KVM or L1 intercepts. */
    public static boolean isMsrAccess(int isa, long reason) {
        return isa == ExitReasons.SVM
                ? reason == SVM_MSR
                : isVmx(isa, reason, VMX_MSR_READ) || isVmx(isa, reason, VMX_MSR_WRITE) || namesMsr(isa, reason);
    }

    /** An MSR exit whose {@code info1} is the index (6.18). */
    public static boolean namesMsr(int isa, long reason) {
        return isVmx(isa, reason, VMX_MSR_READ_IMM) || namesMsrWrite(isa, reason);
    }

    /** Among those that {@link #namesMsr}: the write. */
    public static boolean namesMsrWrite(int isa, long reason) {
        return isVmx(isa, reason, VMX_MSR_WRITE_IMM);
    }

    public static boolean isPortIo(int isa, long reason) {
        return isa == ExitReasons.SVM ? reason == SVM_IO : isVmx(isa, reason, VMX_IO_INSTRUCTION);
    }

    /** A VMX exit that says its exception's vector in {@code intrInfo}; SVM has a reason for each. */
    public static boolean isException(int isa, long reason) {
        return isVmx(isa, reason, VMX_EXCEPTION_NMI);
    }

    /** The vector that an interruption information names, -1 where it is not valid. */
    public static int vector(long intrInfo) {
        return (intrInfo & INTR_INFO_VALID) == 0 ? -1 : (int) intrInfo & VECTOR;
    }

    static boolean isDeviceNotAvailable(int isa, long reason, long intrInfo) {
        return isException(isa, reason) && isNmInfo(intrInfo);
    }

    /** An interruption information that says #NM. */
    static boolean isNmInfo(long intrInfo) {
        return (intrInfo & INTR_INFO_TYPE) == HARDWARE_EXCEPTION && vector(intrInfo) == NM_VECTOR;
    }

    /** SVM's own reason for a #NM. */
    static boolean isSvmNm(int isa, long reason) {
        return isa == ExitReasons.SVM && reason == SVM_NM;
    }

    /** Type of the event that an interruption information names. */
    public static int eventType(long intrInfo) {
        return (int) (intrInfo & INTR_INFO_TYPE) >> INTR_INFO_TYPE_SHIFT;
    }

    /** Whether both reasons name the same exit; VMX adds flags to them. */
    static boolean areSame(int isa, long reason, long other) {
        return isa == ExitReasons.VMX ? (reason & BASIC) == (other & BASIC) : reason == other;
    }

    /** An exit with which L1 may change what it wants to intercept, or run another guest. */
    static boolean changesVmcs12(int isa, long reason) {
        int basic = (int) (reason & BASIC);
        return isa == ExitReasons.VMX
                && (basic == VMX_VMWRITE || basic == VMX_VMPTRLD || basic == VMX_VMCLEAR || basic == VMX_VMLAUNCH);
    }

    static boolean isGeneralProtection(int isa, long reason, long intrInfo) {
        return isa == ExitReasons.SVM
                ? reason == SVM_GP
                : isException(isa, reason)
                        && (intrInfo & INTR_INFO_TYPE) == HARDWARE_EXCEPTION
                        && vector(intrInfo) == GP_VECTOR;
    }

    /** The guest has nothing to do. */
    public static boolean isHalt(int isa, long reason) {
        return isa == ExitReasons.SVM ? reason == SVM_HLT || reason == SVM_IDLE_HLT : isVmx(isa, reason, VMX_HLT);
    }

    /** The guest touched a guest-physical page that has no mapping for it: RAM that is not there yet, or a device. */
    public static boolean isNestedPageFault(int isa, long reason) {
        return isa == ExitReasons.SVM ? reason == SVM_NPF : isVmx(isa, reason, VMX_EPT_VIOLATION);
    }

    /** An exit that KVM may have to emulate as an access to a device's memory. */
    public static boolean mayBeMmio(int isa, long reason) {
        return isNestedPageFault(isa, reason)
                || isVmx(isa, reason, VMX_EPT_MISCONFIG)
                || isVmx(isa, reason, VMX_APIC_ACCESS);
    }

    /** An access to a control register. */
    public static boolean isCrAccess(int isa, long reason) {
        return isa == ExitReasons.SVM
                ? reason >= SVM_READ_CR0 && reason < SVM_WRITE_CR0 + SVM_CRS || reason == SVM_CR0_SEL_WRITE
                : isVmx(isa, reason, VMX_CR_ACCESS);
    }

    public static boolean isHypercall(int isa, long reason) {
        return isa == ExitReasons.SVM ? reason == SVM_VMMCALL : isVmx(isa, reason, VMX_VMCALL);
    }

    /** L1 gives up VMX operation: its guest is gone. */
    public static boolean endsNesting(int isa, long reason) {
        return isVmx(isa, reason, VMX_VMOFF);
    }

    /** An exit with which L1 asks to run L2. */
    public static boolean entersNested(int isa, long reason) {
        return isa == ExitReasons.SVM
                ? reason == SVM_VMRUN
                : isVmx(isa, reason, VMX_VMLAUNCH) || isVmx(isa, reason, VMX_VMRESUME);
    }
}
