package io.trapline.producer.tracepoint;

import io.trapline.producer.identity.Origin;
import io.trapline.producer.line.LinePrefix;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventFlags;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.kernel.KernelVersion;

/** The event that is being read: one row, what its line's prefix said, and what its form says about the kernel. */
public final class EventDraft {
    /** Characters of one text: more than a line of the kernel has, which makes each in a buffer of two pages. */
    public static final int TEXT_MAX = 8_192;

    private final EventColumns row = new EventColumns();
    private long time;
    private int cpu;
    private int flags;
    private long line;
    private int vcpu;
    private int named;
    private long kept;
    private boolean hasKept;
    private boolean declined;
    private long cutTexts;
    private long marks;
    private int isaSeen;
    private ReasonNames.Reason reason;
    private final InstructionBytes instructionBytes = new InstructionBytes();

    /** Begins a new draft with what the prefix said. */
    public void reset(LinePrefix prefix, long newLine) {
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
        named = Origin.NONE;
        hasKept = false;
        declined = false;
        marks = 0;
        reason = null;
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
        boolean fits = text == null || text.length() <= TEXT_MAX;
        cutTexts += fits ? 0 : 1;
        row.setText(place, fits ? text : text.substring(0, TEXT_MAX));
    }

    /** The thread is this vCPU. */
    void vcpu(int number) {
        vcpu = number;
        named = number;
    }

    /** The event is about this vCPU, whoever printed it. */
    void names(int number) {
        named = number;
    }

    /** Texts of this and all drafts before that were longer than {@link #TEXT_MAX}. */
    public long cutTexts() {
        return cutTexts;
    }

    /** The vCPU that the thread is by this event, or {@link Origin#NONE}. */
    public int vcpu() {
        return vcpu;
    }

    /** The vCPU whose number the event prints, or {@link Origin#NONE}. */
    public int named() {
        return named;
    }

    /** Keeps a number of which another field decides whether the event has it. */
    void keep(long value) {
        kept = value;
    }

    long kept() {
        return kept;
    }

    /** Says whether the event has the number that is kept. */
    void hasKept(boolean value) {
        hasKept = value;
    }

    /** Sets the number that was kept, if the event has it. */
    void setKept(int slot) {
        if (hasKept) {
            row.set(slot, kept);
        }
    }

    /** This form of the event leaves out what we keep of it: its text is worth more than its fields. */
    void decline() {
        declined = true;
    }

    boolean isDeclined() {
        return declined;
    }

    /** Room for the bytes of an instruction. */
    InstructionBytes instructionBytes() {
        return instructionBytes;
    }

    void mark(FormatMark mark) {
        marks |= mark.bit();
    }

    /** Bits of {@link FormatMark}. */
    public long marks() {
        return marks;
    }

    /** The kernel itself printed the name of this exit reason. */
    void kernelNames(ReasonNames.Reason printed) {
        reason = printed;
    }

    /** First kernel that has a name for the event's exit reason; null where all have, or a tool printed it. */
    public KernelVersion reasonSince() {
        return reason == null ? null : reason.since();
    }

    /** The name that {@link #reasonSince} is about. */
    public String reasonName() {
        return reason.printed();
    }

    /** Says where in the kernel's code the event was written: with IRQs on or off; nothing where the line does not tell. */
    void markIrqs(FormatMark on, FormatMark off) {
        if ((flags & EventFlags.RECORDED) != 0) {
            mark((flags & EventFlags.IRQS_OFF) == 0 ? on : off);
        }
    }

    /** An exit reason's name told the ISA: 1 = VMX, 2 = SVM. */
    void isaSeen(int isa) {
        isaSeen = isa;
    }

    /** The ISA that was told last in this recording, 0 if none: a reason that prints as bare number is of the same. */
    public int isaSeen() {
        return isaSeen;
    }

    /** The columns with the one event. */
    public EventColumns row() {
        return row;
    }
}
