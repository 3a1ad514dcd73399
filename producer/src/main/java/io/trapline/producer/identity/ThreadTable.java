package io.trapline.producer.identity;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.function.Consumer;

/** Threads by pid: open addressing, because a lookup is on the path of every event. */
final class ThreadTable {
    /** Threads of one recording that are told apart. */
    static final int THREADS_MAX = 65_536;

    private static final int INITIAL_CAPACITY = 64;
    private static final int SPREAD = 0x9e3779b9;

    private static final TraceThread[] NOT_SORTED = {};

    private final int threadsMax;
    private TraceThread[] table = new TraceThread[INITIAL_CAPACITY];
    private int count;
    /** All threads by pid, as long as none is added. */
    private TraceThread[] sorted = NOT_SORTED;

    ThreadTable(int threadsMax) {
        this.threadsMax = threadsMax;
    }

    /** The thread with this pid, or null if it is one too many. */
    TraceThread get(int pid) {
        int place = place(table, pid);
        TraceThread thread = table[place];
        return thread != null || count >= threadsMax ? thread : add(pid);
    }

    /** The thread with this pid, or null if it has shown nothing yet. */
    TraceThread known(int pid) {
        return table[place(table, pid)];
    }

    private TraceThread add(int pid) {
        if (++count > table.length / 2) {
            grow();
        }
        TraceThread thread = new TraceThread(pid);
        table[place(table, pid)] = thread;
        sorted = NOT_SORTED;
        return thread;
    }

    private static int place(TraceThread[] table, int pid) {
        int mask = table.length - 1;
        int place = (pid * SPREAD >>> 16) & mask;
        while (table[place] != null && table[place].pid != pid) {
            place = place + 1 & mask;
        }
        return place;
    }

    private void grow() {
        TraceThread[] old = table;
        table = new TraceThread[old.length * 2];
        for (TraceThread thread : old) {
            if (thread != null) {
                table[place(table, thread.pid)] = thread;
            }
        }
    }

    /** All threads, by pid: an order that does not depend on the table's size. */
    void forEach(Consumer<TraceThread> action) {
        if (sorted.length < count) {
            sorted = Arrays.stream(table)
                    .filter(Objects::nonNull)
                    .sorted(Comparator.comparingInt(thread -> thread.pid))
                    .toArray(TraceThread[]::new);
        }
        for (TraceThread thread : sorted) {
            action.accept(thread);
        }
    }
}
