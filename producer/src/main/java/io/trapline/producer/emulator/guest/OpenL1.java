package io.trapline.producer.emulator.guest;

import io.trapline.producer.emulator.GuestCpu;
import io.trapline.producer.emulator.Msr;
import io.trapline.producer.emulator.NestedControls;
import io.trapline.producer.emulator.NestedExit;
import io.trapline.producer.emulator.Vector;

/**
 * A hypervisor other than KVM that leaves XFD, XFD_ERR and #NM to its guest: accesses by L2 are L0's business alone. It saves XFD
 * when its guest stops running, not at each exit.
 */
final class OpenL1 implements NestedHypervisor {
    private final L2Fpu fpu;
    private final boolean hasXfd;
    private final L2Events events = new L2Events();

    /** {@code interceptsNm}: whether it wants to see #NM, which it hands on as it is. */
    OpenL1(L2Fpu fpu, boolean hasXfd, boolean interceptsNm, NestedControls controls) {
        this.fpu = fpu;
        this.hasXfd = hasXfd;
        for (long index : new long[] {Msr.XFD, Msr.XFD_ERR}) {
            controls.interceptMsr(index, false, false).interceptMsr(index, true, false);
        }
        controls.intercept(Vector.NM, interceptsNm);
    }

    @Override
    public void load(GuestCpu cpu) {
        fpu.load(cpu);
    }

    @Override
    public void put(GuestCpu cpu) {
        if (hasXfd) {
            fpu.syncXfd(cpu);
        }
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
            events.queue(Vector.NM);
        } else if (exit.isHalt()) {
            events.halted();
        } else if (exit.isMsrWrite()) {
            events.apicWritten(exit.index(), exit.value());
        }
        return 0;
    }
}
