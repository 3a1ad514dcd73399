package io.trapline.streams.core;

import io.trapline.schemas.event.EventFields.ExceptionBitmapChanged;
import io.trapline.schemas.event.EventFields.GuestFault;
import io.trapline.schemas.event.EventFields.InterceptChanged;
import io.trapline.schemas.event.EventFields.PassthroughAccess;
import io.trapline.schemas.event.EventView;
import io.trapline.schemas.table.Msrs;

/**
 * What an emulator says of the bitmaps that no recording shows: who traps #NM (R11, R25) and which MSRs pass through (R22,
 * R24). Of a bit that has not been told nothing is known.
 */
public final class GroundTruth {
    /** A bit of a bitmap, as far as it has been told. */
    public enum Bit {
        UNKNOWN,
        SET,
        CLEAR;

        private static final Bit[] BY_ORDINAL = values();

        static Bit of(int ordinal) {
            return BY_ORDINAL[ordinal];
        }

        static Bit of(boolean set) {
            return set ? SET : CLEAR;
        }
    }

    private static final int VMCS01 = 1;
    private static final int VMCS02 = 2;
    private static final int NM_VECTOR = 7;

    Bit nm01 = Bit.UNKNOWN;
    Bit nm02 = Bit.UNKNOWN;
    final InterceptBits intercepts = new InterceptBits();

    /** While the guest ran: an armed XFD faulted without an exit. */
    boolean untrappedFault;
    /** While L2 ran: it accessed without an exit what L0 or L1 intercepts. */
    boolean leaked;

    long leakedIndex;
    boolean leakedWrite;

    /** As the exit of the turn found it: #NM in the exception bitmap, and writes of IA32_XFD in the MSR bitmap. */
    Bit nmAtExit = Bit.UNKNOWN;

    Bit xfdWriteAtExit = Bit.UNKNOWN;
    boolean untrappedBeforeExit;
    boolean leakedBeforeExit;

    /** Whether the loaded exception bitmap trapped #NM until the exit of the turn. */
    public Bit nmAtExit() {
        return nmAtExit;
    }

    /** Whether the loaded MSR bitmap intercepted writes of IA32_XFD until the exit of the turn. */
    public Bit xfdWriteAtExit() {
        return xfdWriteAtExit;
    }

    /** Before the exit of the turn, an XFD fault of the guest was not trapped. */
    public boolean untrappedBeforeExit() {
        return untrappedBeforeExit;
    }

    /** Before the exit of the turn, L2 accessed without an exit what L0 or L1 intercepts. */
    public boolean leakedBeforeExit() {
        return leakedBeforeExit;
    }

    public long leakedIndex() {
        return leakedIndex;
    }

    public boolean leakedWrite() {
        return leakedWrite;
    }

    /** Whether vmcs01's exception bitmap, as this event changes it, traps #NM and did not before. */
    public boolean beginsToTrapNm(EventView event) {
        return event.get(ExceptionBitmapChanged.BITMAP) == VMCS01 && nm01 == Bit.CLEAR && nmOf(event) == Bit.SET;
    }

    public InterceptBits intercepts() {
        return intercepts;
    }

    void exceptionBitmap(EventView event) {
        Bit nm = nmOf(event);
        long bitmap = event.get(ExceptionBitmapChanged.BITMAP);
        if (bitmap == VMCS01) {
            nm01 = nm;
        } else if (bitmap == VMCS02) {
            nm02 = nm;
        }
    }

    private static Bit nmOf(EventView event) {
        return Bit.of((event.get(ExceptionBitmapChanged.VALUE) & 1 << NM_VECTOR) != 0);
    }

    void intercept(EventView event) {
        intercepts.change(
                event.get(InterceptChanged.BITMAP),
                event.get(InterceptChanged.INDEX),
                event.is(InterceptChanged.WRITE),
                Bit.of(event.is(InterceptChanged.INTERCEPTED)));
    }

    void fault(VcpuState state, EventView event) {
        boolean xfdFault = event.has(GuestFault.XFD_ERR) && event.get(GuestFault.XFD_ERR) != 0;
        untrappedFault |= state.nowi && event.get(GuestFault.VECTOR) == NM_VECTOR && xfdFault;
    }

    void passthrough(VcpuState state, EventView event) {
        if (state.level == Level.L2 && !leaked) {
            leakedIndex = event.get(PassthroughAccess.INDEX);
            leakedWrite = event.is(PassthroughAccess.WRITE);
            leaked = intercepts.denied(leakedIndex, leakedWrite);
        }
    }

    /** An exit: what has held since the entry is to be judged. */
    void exited(VcpuState state) {
        Level level = state.level;
        nmAtExit = level == Level.L1 ? nm01 : level == Level.L2 ? nm02 : Bit.UNKNOWN;
        xfdWriteAtExit = intercepts.bit(bitmapOf(level), Msrs.IA32_XFD, true);
        untrappedBeforeExit = untrappedFault;
        leakedBeforeExit = leaked;
        untrappedFault = false;
        leaked = false;
    }

    private static int bitmapOf(Level level) {
        return switch (level) {
            case L1 -> InterceptBits.B01;
            case L2 -> InterceptBits.B02;
            case UNKNOWN -> InterceptBits.NONE;
        };
    }

    /** Events were lost: any bit may have changed. */
    void forget() {
        nm01 = Bit.UNKNOWN;
        nm02 = Bit.UNKNOWN;
        intercepts.forget();
        untrappedFault = false;
        leaked = false;
    }

    void each(Items items) {
        nm01 = Bit.of(items.next(nm01.ordinal()));
        nm02 = Bit.of(items.next(nm02.ordinal()));
        untrappedFault = items.next(untrappedFault);
        leaked = items.next(leaked);
        leakedIndex = items.next(leakedIndex);
        leakedWrite = items.next(leakedWrite);
        nmAtExit = Bit.of(items.next(nmAtExit.ordinal()));
        xfdWriteAtExit = Bit.of(items.next(xfdWriteAtExit.ordinal()));
        untrappedBeforeExit = items.next(untrappedBeforeExit);
        leakedBeforeExit = items.next(leakedBeforeExit);
        intercepts.each(items);
    }
}
