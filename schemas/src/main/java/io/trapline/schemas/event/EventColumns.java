package io.trapline.schemas.event;

import io.trapline.schemas.event.EventFields.HostMsrAccess;
import io.trapline.schemas.event.EventFields.SchedSwitch;
import java.util.Arrays;

/**
 * Consecutive events of one stream in reused primitive arrays: what a chunk decodes into, what an importer fills, what
 * the replay reads. One event is one row of {@link #SLOTS} longs (one cache line), a bit mask of the slots that are set,
 * and up to {@link #TEXTS} strings. Not safe for use by two threads.
 */
public final class EventColumns {
    /** Numbers of one event. */
    public static final int SLOTS = 8;
    /** Strings of one event. */
    public static final int TEXTS = 3;

    /** Small: a run may have thousands of streams, each with columns of its own, most of which stay nearly empty. */
    private static final int INITIAL_CAPACITY = 8;

    private StreamKey stream = new StreamKey("", "", 0);
    private long clockHz;
    private long firstSeq;

    private int count;
    private EventKind[] kinds = new EventKind[INITIAL_CAPACITY];
    private byte[] codes = new byte[INITIAL_CAPACITY];
    private long[] times = new long[INITIAL_CAPACITY];
    private int[] cpus = new int[INITIAL_CAPACITY];
    private byte[] flags = new byte[INITIAL_CAPACITY];
    private long[] sources = new long[INITIAL_CAPACITY];
    private byte[] set = new byte[INITIAL_CAPACITY];
    private long[] slots = new long[INITIAL_CAPACITY * SLOTS];
    private String[] texts = new String[INITIAL_CAPACITY * TEXTS];

    /**
     * Empties the columns and says what comes: the stream, the ticks of its clock in a second (0: it measures no time)
     * and the number of the first event.
     */
    public void reset(StreamKey newStream, long newClockHz, long newFirstSeq) {
        stream = newStream;
        clockHz = newClockHz;
        firstSeq = newFirstSeq;
        Arrays.fill(texts, 0, count * TEXTS, null);
        count = 0;
    }

    /** Adds an event whose fields are all null, false or 0 until {@link #set} or {@link #setText} is called. */
    public void append(EventKind kind, long time, int cpu, int eventFlags, long source) {
        append(kind, kind.code(), time, cpu, eventFlags, source);
    }

    /** For the decoder: a code that may be unknown. */
    public void append(EventKind kind, int code, long time, int cpu, int eventFlags, long source) {
        ensureCapacity(count + 1);
        int row = count++;
        kinds[row] = kind;
        codes[row] = (byte) code;
        times[row] = time;
        cpus[row] = cpu;
        flags[row] = (byte) eventFlags;
        sources[row] = source;
        set[row] = 0;
        Arrays.fill(slots, row * SLOTS, row * SLOTS + SLOTS, 0);
    }

    /** Sets a number or flag (0 or 1) of the event appended last. */
    public void set(int slot, long value) {
        setAt(count - 1, slot, value);
    }

    public void set(int slot, boolean value) {
        setAt(count - 1, slot, value ? 1 : 0);
    }

    /** Sets a string of the event appended last. */
    public void setText(int place, String text) {
        setTextAt(count - 1, place, text);
    }

    /** Copies an event of other columns, with its own number dropped. */
    public void appendFrom(EventColumns other, int row) {
        append(
                other.kinds[row],
                other.codes[row],
                other.times[row],
                other.cpus[row],
                other.flags[row],
                other.sources[row]);
        int to = count - 1;
        set[to] = other.set[row];
        System.arraycopy(other.slots, row * SLOTS, slots, to * SLOTS, SLOTS);
        System.arraycopy(other.texts, row * TEXTS, texts, to * TEXTS, TEXTS);
    }

    /** Copies all events and the stream they belong to. */
    public void copyFrom(EventColumns other) {
        reset(other.stream, other.clockHz, other.firstSeq);
        for (int row = 0; row < other.count; row++) {
            appendFrom(other, row);
        }
    }

    public StreamKey stream() {
        return stream;
    }

    /** Ticks of the clock in a second, 0 where it measures no time. */
    public long clockHz() {
        return clockHz;
    }

    /** Number of the first event in its stream. */
    public long firstSeq() {
        return firstSeq;
    }

    public int count() {
        return count;
    }

    public EventKind kind(int row) {
        return kinds[row];
    }

    /** The code on the wire: says more than {@link #kind} only for a kind we do not know. */
    public int code(int row) {
        return codes[row] & 0xff;
    }

    /** Time in units of the run's clock. */
    public long time(int row) {
        return times[row];
    }

    public int cpu(int row) {
        return cpus[row];
    }

    /** Bits of {@link EventFlags}. */
    public int flags(int row) {
        return flags[row] & 0xff;
    }

    /** Line number from 1, or byte offset. */
    public long source(int row) {
        return sources[row];
    }

    /** A number; 0 where the source had none (see {@link #has}). */
    public long get(int row, int slot) {
        return slots[row * SLOTS + slot];
    }

    public boolean has(int row, int slot) {
        return (set[row] & 1 << slot) != 0;
    }

    /** Whether the event is another stream's, and here a copy, which counts in no total. */
    public boolean isCopy(int row) {
        // Asked of every event: no switch, which is a jump that few processors foresee.
        EventKind kind = kinds[row];
        return kind == EventKind.HOST_MSR_ACCESS && has(row, HostMsrAccess.THREAD)
                || kind == EventKind.SCHED_SWITCH && has(row, SchedSwitch.THREAD);
    }

    public String text(int row, int place) {
        return texts[row * TEXTS + place];
    }

    /** For the decoder: a number of an earlier row. */
    public void setAt(int row, int slot, long value) {
        slots[row * SLOTS + slot] = value;
        set[row] |= (byte) (1 << slot);
    }

    /** For the decoder: a string of an earlier row. */
    public void setTextAt(int row, int place, String text) {
        texts[row * TEXTS + place] = text;
    }

    private void ensureCapacity(int wanted) {
        if (wanted <= times.length) {
            return;
        }
        int capacity = Math.max(wanted, times.length * 2);
        kinds = Arrays.copyOf(kinds, capacity);
        codes = Arrays.copyOf(codes, capacity);
        times = Arrays.copyOf(times, capacity);
        cpus = Arrays.copyOf(cpus, capacity);
        flags = Arrays.copyOf(flags, capacity);
        sources = Arrays.copyOf(sources, capacity);
        set = Arrays.copyOf(set, capacity);
        slots = Arrays.copyOf(slots, capacity * SLOTS);
        texts = Arrays.copyOf(texts, capacity * TEXTS);
    }
}
