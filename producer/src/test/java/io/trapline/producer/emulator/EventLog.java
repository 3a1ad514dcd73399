package io.trapline.producer.emulator;

import io.trapline.producer.EventSink;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventFields;
import io.trapline.schemas.event.EventFlags;
import io.trapline.schemas.event.EventKind;
import java.util.ArrayList;
import java.util.List;

/** All events of one run, each as a line that a KVM expert can read: {@code d w 1c5=40000}. */
final class EventLog implements EventSink {
    /** One event. {@code text} begins with the first flag character of ftrace and leaves out time and addresses. */
    record Event(EventKind kind, long time, String text) {
        boolean is(String form) {
            return text.equals(form);
        }
    }

    private final List<Event> events = new ArrayList<>();

    @Override
    public void accept(EventColumns columns) {
        for (int row = 0; row < columns.count(); row++) {
            String text = flag(columns.flags(row)) + " " + text(columns, row);
            events.add(new Event(columns.kind(row), columns.time(row), text));
        }
    }

    List<Event> events() {
        return events;
    }

    List<String> texts() {
        return events.stream().map(Event::text).toList();
    }

    private static String flag(int flags) {
        return switch (flags & ~EventFlags.RECORDED) {
            case EventFlags.NONE -> ".";
            case EventFlags.IRQS_OFF -> "d";
            case EventFlags.BH_OFF -> "b";
            default -> "flags " + flags;
        };
    }

    private static String text(EventColumns c, int row) {
        return switch (c.kind(row)) {
            case VM_ENTRY -> "entry";
            case VM_EXIT -> exit(c, row);
            case HOST_MSR_ACCESS ->
                access(
                        c.get(row, EventFields.HostMsrAccess.WRITE) == 1 ? "w" : "r",
                        c.get(row, EventFields.HostMsrAccess.INDEX),
                        c.get(row, EventFields.HostMsrAccess.VALUE));
            case GUEST_MSR_ACCESS -> guestMsr(c, row);
            case PASSTHROUGH_ACCESS ->
                access(
                        c.get(row, EventFields.PassthroughAccess.WRITE) == 1 ? "passed w" : "passed r",
                        c.get(row, EventFields.PassthroughAccess.INDEX),
                        c.get(row, EventFields.PassthroughAccess.DATA));
            case EXCEPTION_INJECTED ->
                "inj " + c.get(row, EventFields.ExceptionInjected.VECTOR)
                        + (c.get(row, EventFields.ExceptionInjected.REINJECTED) == 1 ? " again" : "");
            case INTERRUPT_INJECTED -> "irq " + Long.toHexString(c.get(row, EventFields.InterruptInjected.VECTOR));
            case FPU_SWITCH -> c.get(row, EventFields.FpuSwitch.LOAD) == 1 ? "fpu load" : "fpu unload";
            case USERSPACE_EXIT -> "user " + c.get(row, EventFields.UserspaceExit.REASON);
            case PORT_IO -> c.get(row, EventFields.PortIo.WRITE) == 1 ? "pio write" : "pio read";
            case MMIO -> "mmio " + c.get(row, EventFields.Mmio.TYPE);
            case INTERCEPT_CHANGED ->
                "intercept " + bitmap(c.get(row, EventFields.InterceptChanged.BITMAP))
                        + Long.toHexString(c.get(row, EventFields.InterceptChanged.INDEX))
                        + (c.get(row, EventFields.InterceptChanged.WRITE) == 1 ? " w " : " r ")
                        + c.get(row, EventFields.InterceptChanged.INTERCEPTED);
            case EXCEPTION_BITMAP_CHANGED ->
                "eb " + bitmap(c.get(row, EventFields.ExceptionBitmapChanged.BITMAP))
                        + Long.toHexString(c.get(row, EventFields.ExceptionBitmapChanged.VALUE));
            case GUEST_FAULT -> "fault " + c.get(row, EventFields.GuestFault.VECTOR);
            case NESTED_ENTRY -> "nenter" + (c.get(row, EventFields.NestedEntry.EVENT_INJ) == 0x80000307L ? " NM" : "");
            case NESTED_EXIT -> "nexit " + c.get(row, EventFields.NestedExit.EXIT_REASON);
            case NESTED_EXIT_REFLECTED ->
                "nreflect " + c.get(row, EventFields.NestedExitReflected.EXIT_REASON)
                        + (c.get(row, EventFields.NestedExitReflected.INT_INFO) == 0x80000307L ? " NM" : "");
            case NESTED_INTERCEPTS -> "nintercepts";
            case NESTED_INTERRUPT_EXIT -> "nintr";
            case XSTATE_EVENT ->
                "x86_fpu " + c.text(row, EventFields.XstateEvent.NAME) + " "
                        + Long.toHexString(c.get(row, EventFields.XstateEvent.XFEATURES));
            case CR_ACCESS -> "cr write";
            case HYPERCALL -> "hypercall";
            case APIC_IPI -> "ipi " + c.get(row, EventFields.ApicIpi.DEST_ID);
            case APIC_IRQ_ACCEPTED -> "accept";
            case PAGE_FAULT -> "page fault";
            case CPUID_EXECUTED -> "cpuid";
            case HALT_WAKEUP -> "wakeup";
            case APIC_EVENT -> "apic write " + Long.toHexString(c.get(row, EventFields.ApicEvent.REGISTER));
            default -> throw new IllegalArgumentException("the emulator does not write " + c.kind(row));
        };
    }

    /** That of vmcs01 goes without saying. */
    private static String bitmap(long number) {
        return number == Vmcs.VMCS01 ? "" : number + ": ";
    }

    private static String exit(EventColumns c, int row) {
        String reason = "exit " + c.get(row, EventFields.VmExit.EXIT_REASON);
        boolean nm = c.get(row, EventFields.VmExit.INTR_INFO) == 0x80000307L;
        return nm ? reason + " NM" : reason;
    }

    private static String guestMsr(EventColumns c, int row) {
        boolean write = c.get(row, EventFields.GuestMsrAccess.WRITE) == 1;
        String access = access(
                write ? "g w" : "g r",
                c.get(row, EventFields.GuestMsrAccess.INDEX),
                c.get(row, EventFields.GuestMsrAccess.DATA));
        return c.get(row, EventFields.GuestMsrAccess.FAILED) == 1 ? access + " #GP" : access;
    }

    private static String access(String verb, long index, long value) {
        return verb + " " + Long.toHexString(index) + "=" + Long.toHexString(value);
    }
}
