package io.trapline.producer.emulator.guest;

import io.trapline.producer.emulator.GuestCpu;
import io.trapline.producer.emulator.Isa;
import io.trapline.producer.emulator.Msr;
import io.trapline.producer.emulator.NestedControls;
import io.trapline.producer.emulator.NestedExit;
import io.trapline.producer.emulator.Vector;

/**
 * KVM on Linux in L1, as it treats its own guest: intercepts XFD up to the first value other than 0 and #NM from then on, syncs at
 * each exit and carries XFD_ERR over (R4, R9-R16, once more, one level up). What of this exits to L0 is L0's business.
 */
final class KvmL1 implements NestedHypervisor {
    private final L2Fpu fpu;
    private final L2Events events = new L2Events();
    private final boolean hasXfd;
    private final Isa isa;
    private boolean noWriteIntercept;
    private long xfdErr;

    KvmL1(L2Fpu fpu, boolean hasXfd, Isa isa, NestedControls controls) {
        this.fpu = fpu;
        this.hasXfd = hasXfd;
        this.isa = isa;
        for (long index : new long[] {Msr.KERNEL_GS_BASE, Msr.SPEC_CTRL}) {
            controls.interceptMsr(index, false, false).interceptMsr(index, true, false);
        }
        if (hasXfd) {
            controls.interceptMsr(Msr.XFD_ERR, false, false);
        }
    }

    @Override
    public void load(GuestCpu cpu) {
        fpu.load(cpu);
    }

    @Override
    public void put(GuestCpu cpu) {
        fpu.put(cpu);
    }

    @Override
    public void entering(GuestCpu cpu, NestedControls controls) {
        events.injectInto(controls, cpu.tsc());
        if (xfdErr != 0) {
            cpu.writeMsr(Msr.XFD_ERR, xfdErr);
        }
        if (isa == Isa.VMX) {
            cpu.readMsr(Msr.DEBUGCTL); // vmx_vcpu_run saves it
        }
    }

    @Override
    public long exited(GuestCpu cpu, NestedControls controls, NestedExit exit) {
        boolean nm = exit.isException(Vector.NM);
        if (noWriteIntercept) {
            fpu.syncXfd(cpu);
        }
        if (nm && fpu.xfd() != 0) {
            xfdErr = cpu.readMsr(Msr.XFD_ERR);
        }
        if (xfdErr != 0) {
            cpu.writeMsr(Msr.XFD_ERR, 0);
        }
        cpu.compute();
        cpu.enableInterrupts();
        return nm ? handOn(Vector.NM) : emulate(cpu, controls, exit);
    }

    private long handOn(int vector) {
        events.queue(vector);
        return 0;
    }

    private long emulate(GuestCpu cpu, NestedControls controls, NestedExit exit) {
        if (exit.isAccessOf(Msr.XFD)) {
            return xfd(cpu, controls, exit);
        } else if (exit.isAccessOf(Msr.XFD_ERR)) {
            return xfdErr(exit);
        } else if (exit.isHalt()) {
            events.halted();
        } else if (exit.asksDevice()) {
            fpu.put(cpu);
            cpu.compute();
            fpu.load(cpu);
        } else if (exit.isMsrWrite()) {
            events.apicWritten(exit.index(), exit.value());
        }
        return 0;
    }

    private long xfd(GuestCpu cpu, NestedControls controls, NestedExit exit) {
        boolean bad = (exit.value() & ~GuestTask.TILE_DATA) != 0;
        if (!hasXfd || bad) {
            return handOn(Vector.GP);
        }
        if (exit.isMsrWrite()) {
            fpu.setXfd(exit.value(), cpu);
        }
        if (exit.isMsrWrite() && exit.value() != 0) {
            noWriteIntercept = true;
            controls.interceptMsr(Msr.XFD, false, false)
                    .interceptMsr(Msr.XFD, true, false)
                    .intercept(Vector.NM, true);
        }
        return fpu.xfd();
    }

    private long xfdErr(NestedExit exit) {
        if (!hasXfd || (exit.value() & ~GuestTask.TILE_DATA) != 0) {
            return handOn(Vector.GP);
        }
        if (exit.isMsrWrite()) {
            xfdErr = exit.value();
        }
        return xfdErr;
    }
}
