package io.trapline.producer.emulator.guest;

import io.trapline.producer.emulator.GuestCpu;
import io.trapline.producer.emulator.Msr;
import io.trapline.producer.emulator.NestedControls;
import io.trapline.producer.emulator.NestedExit;
import io.trapline.producer.emulator.Vector;

/** A hypervisor other than KVM that intercepts all MSRs and #NM, for ever: XFD and XFD_ERR of L2 are what it keeps for it. */
final class ClosedL1 implements NestedHypervisor {
    private final L2Fpu fpu;
    private final L2Events events = new L2Events();
    private final boolean hasXfd;
    private long xfdErr;

    ClosedL1(L2Fpu fpu, boolean hasXfd, NestedControls controls) {
        this.fpu = fpu;
        this.hasXfd = hasXfd;
        controls.intercept(Vector.NM, true);
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
    }

    @Override
    public long exited(GuestCpu cpu, NestedControls controls, NestedExit exit) {
        cpu.compute();
        cpu.enableInterrupts();
        if (exit.isException(Vector.NM)) {
            deviceNotAvailable(cpu);
        } else if (exit.isAccessOf(Msr.XFD) || exit.isAccessOf(Msr.XFD_ERR)) {
            return xfdOrErr(cpu, exit);
        } else if (exit.isHalt()) {
            events.halted();
        } else if (exit.isMsrWrite()) {
            events.apicWritten(exit.index(), exit.value());
        }
        return 0;
    }

    /** The register is L1's again at once; L2 finds the error in what L1 keeps. */
    private void deviceNotAvailable(GuestCpu cpu) {
        if (fpu.xfd() != 0) {
            xfdErr |= cpu.readMsr(Msr.XFD_ERR);
            cpu.writeMsr(Msr.XFD_ERR, 0);
        }
        events.queue(Vector.NM);
    }

    private long xfdOrErr(GuestCpu cpu, NestedExit exit) {
        if (!hasXfd || (exit.value() & ~GuestTask.TILE_DATA) != 0) {
            events.queue(Vector.GP);
            return 0;
        }
        if (exit.isAccessOf(Msr.XFD_ERR)) {
            xfdErr = exit.isMsrWrite() ? exit.value() : xfdErr;
            return xfdErr;
        }
        if (exit.isMsrWrite()) {
            fpu.setXfd(exit.value(), cpu);
        }
        return fpu.xfd();
    }
}
