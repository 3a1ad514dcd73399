package io.trapline.producer.identity;

import io.trapline.schemas.event.EventColumns;
import java.util.Arrays;

/**
 * Events of threads that have not shown a vCPU yet, in the order of the source. They leave to the vCPU of their thread
 * when it shows one, else to the host stream of their CPU when their time is up. What goes to the host in any case waits
 * behind them, so that a host stream keeps the order of the source.
 */
final class WaitingRoom {
    /** Events of one thread that wait; one more sends its oldest to the host. */
    static final int EVENTS_PER_THREAD_MAX = 4_096;

    /** Events of all threads that wait; one more sends the oldest to the host. Bounds memory. */
    static final int EVENTS_MAX = 65_536;

    /** Event time for which an event waits. */
    static final int SECONDS_MAX = 1;

    private static final int COMPACT_FROM = 4_096;

    private final StreamSet streams;
    private final RouterLimits limits;
    private final long ticksMax;

    private EventColumns rows = new EventColumns();
    private EventColumns spare = new EventColumns();
    /** The thread that a row waits for; null: it goes to the host, or {@link #gone}. */
    private TraceThread[] owners = new TraceThread[COMPACT_FROM];

    private boolean[] gone = new boolean[COMPACT_FROM];
    /** Number of the next row of the same thread. */
    private long[] next = new long[COMPACT_FROM];

    /** First row that is still here. Row r has the number {@code base + r}, which survives compaction. */
    private int head;

    private long base;
    private long leftEarly;

    /** A clock that measures no time ({@code clockHz} 0) bounds the waiting by number only. */
    WaitingRoom(StreamSet streams, long clockHz, RouterLimits limits) {
        this.streams = streams;
        this.limits = limits;
        this.ticksMax = clockHz == 0 ? Long.MAX_VALUE : clockHz * SECONDS_MAX;
    }

    boolean isEmpty() {
        return head == rows.count();
    }

    /** Takes an event that goes to the host, whatever happens. */
    void addForHost(EventColumns from, int row) {
        add(from, row, null);
    }

    /** Takes an event that waits for its thread. */
    void addFor(TraceThread thread, EventColumns from, int row) {
        if (thread.waiting == limits.waitingOfThread()) {
            owners[(int) (thread.firstWaiting - base)] = null;
            forgetFirst(thread);
            leftEarly++;
        }
        long number = base + rows.count();
        add(from, row, thread);
        if (thread.waiting++ == 0) {
            thread.firstWaiting = number;
        } else {
            next[(int) (thread.lastWaiting - base)] = number;
        }
        thread.lastWaiting = number;
    }

    private void add(EventColumns from, int row, TraceThread owner) {
        int at = rows.count();
        if (at == owners.length) {
            owners = Arrays.copyOf(owners, at * 2);
            gone = Arrays.copyOf(gone, at * 2);
            next = Arrays.copyOf(next, at * 2);
        }
        rows.appendFrom(from, row);
        owners[at] = owner;
        gone[at] = false;
        next[at] = TraceThread.NO_ROW;
    }

    /** A thread has shown its vCPU: its events go there. */
    void leaveTo(StreamWriter stream, TraceThread thread) {
        while (thread.waiting > 0) {
            int row = (int) (thread.firstWaiting - base);
            stream.append(rows, row);
            owners[row] = null;
            gone[row] = true;
            forgetFirst(thread);
        }
    }

    /** Lets out whatever has nothing to wait for any more. */
    void release(long now) {
        while (head < rows.count() && mayLeave(head, now)) {
            leaveToHost();
        }
        compact();
    }

    /** Nothing comes any more: all leave. */
    void releaseAll() {
        while (head < rows.count()) {
            leaveToHost();
        }
        compact();
    }

    private boolean mayLeave(int row, long now) {
        if (owners[row] == null || now - rows.time(row) > ticksMax) {
            return true;
        }
        boolean tooMany = rows.count() - row > limits.waiting();
        leftEarly += tooMany ? 1 : 0;
        return tooMany;
    }

    /** Events that waited no longer because they were too many. */
    long leftEarly() {
        return leftEarly;
    }

    private void leaveToHost() {
        int row = head++;
        if (gone[row]) {
            return;
        }
        if (owners[row] != null) {
            forgetFirst(owners[row]);
        }
        streams.host(rows.cpu(row)).append(rows, row);
    }

    private void forgetFirst(TraceThread thread) {
        thread.firstWaiting = next[(int) (thread.firstWaiting - base)];
        thread.waiting--;
    }

    private void compact() {
        boolean worthIt = head == rows.count() || head >= COMPACT_FROM && head >= rows.count() / 2;
        if (head == 0 || !worthIt) {
            return;
        }
        int left = rows.count() - head;
        spare.reset(rows.stream(), 0, 0);
        for (int row = head; row < rows.count(); row++) {
            spare.appendFrom(rows, row);
        }
        System.arraycopy(owners, head, owners, 0, left);
        System.arraycopy(gone, head, gone, 0, left);
        System.arraycopy(next, head, next, 0, left);
        base += head;
        head = 0;
        EventColumns emptied = rows;
        rows = spare;
        spare = emptied;
    }
}
