package io.trapline.producer.ftrace;

import io.trapline.producer.identity.Origin;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventKind;

/** The event that is being read: one row, what its line's prefix said, and what its form says about the kernel. */
final class EventDraft {
    private final EventColumns row = new EventColumns();
    private long time;
    private int cpu;
    private int flags;
    private long line;
    private int vcpu;
    private long marks;
    private int isaSeen;

    /** Begins a new draft with what the prefix said. */
    void reset(LinePrefix prefix, long newLine) {
        time = prefix.time();
        cpu = prefix.cpu();
        flags = prefix.flags();
        line = newLine;
        forgetBody();
    }

    /** Forgets what a parser wrote that then met something it cannot read. */
    void forgetBody() {
        row.reset(row.stream(), 0, 0);
        vcpu = Origin.NONE;
        marks = 0;
    }

    /** A parser begins with the kind; fields follow. */
    void begin(EventKind kind) {
        row.append(kind, time, cpu, flags, line);
    }

    void set(int slot, long value) {
        row.set(slot, value);
    }

    void set(int slot, boolean value) {
        row.set(slot, value);
    }

    void setText(int place, String text) {
        row.setText(place, text);
    }

    /** The thread is this vCPU. */
    void vcpu(int number) {
        vcpu = number;
    }

    int vcpu() {
        return vcpu;
    }

    void mark(FormatMark mark) {
        marks |= mark.bit();
    }

    long marks() {
        return marks;
    }

    /** An exit reason's name told the ISA: 1 = VMX, 2 = SVM. */
    void isaSeen(int isa) {
        isaSeen = isa;
    }

    /** The ISA that was told last in this recording, 0 if none: a reason that prints as bare number is of the same. */
    int isaSeen() {
        return isaSeen;
    }

    /** The columns with the one event. */
    EventColumns row() {
        return row;
    }
}
