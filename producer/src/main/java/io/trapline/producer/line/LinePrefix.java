package io.trapline.producer.line;

/** What a line says in front of its event: filled in anew for each line by a {@link Tokenizer}. */
public final class LinePrefix {
    /** No thread, or no thread group, is printed. */
    public static final int NONE = -1;

    public static final int CPU_MAX = 65_535;
    public static final int PID_MAX = 1 << 30;

    private int commFrom;
    private int commTo;
    private int pid;
    private int tgid;
    private int cpu;
    private int flags;
    private int flagCharacters;
    private long time;
    private int timeDigits;
    private int nameFrom;
    private int nameTo;

    public void comm(int from, int to) {
        commFrom = from;
        commTo = to;
    }

    public void thread(int newPid, int newTgid) {
        pid = newPid;
        tgid = newTgid;
    }

    public void cpu(int newCpu) {
        cpu = newCpu;
    }

    public void flags(int bits, int characters) {
        flags = bits;
        flagCharacters = characters;
    }

    public void time(long value, int digits) {
        time = value;
        timeDigits = digits;
    }

    public void name(int from, int to) {
        nameFrom = from;
        nameTo = to;
    }

    public int commFrom() {
        return commFrom;
    }

    public int commTo() {
        return commTo;
    }

    /** The thread, or {@link #NONE}. */
    public int pid() {
        return pid;
    }

    /** Its thread group, or {@link #NONE}. */
    public int tgid() {
        return tgid;
    }

    public int cpu() {
        return cpu;
    }

    /** Bits of {@link io.trapline.schemas.event.EventFlags}. */
    public int flags() {
        return flags;
    }

    /** Width of the irq-info column, 0 if there is none. */
    public int flagCharacters() {
        return flagCharacters;
    }

    /** Time in the unit that {@link #timeDigits} tells. */
    public long time() {
        return time;
    }

    /** One of the {@code DIGITS} of {@link Timestamp}. */
    public int timeDigits() {
        return timeDigits;
    }

    /** Where the event's name begins, without the system that perf prints before it. */
    public int nameFrom() {
        return nameFrom;
    }

    /** Where the name ends, at its colon; before {@link #nameFrom} if no name stands there. */
    public int nameTo() {
        return nameTo;
    }
}
