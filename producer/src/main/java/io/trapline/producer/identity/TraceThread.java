package io.trapline.producer.identity;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What is known of one thread of the recorded machine. Where {@link #stream} is null it has shown no vCPU so far. */
final class TraceThread {
    /** No row of the waiting room. */
    static final long NO_ROW = -1;

    static final int UNKNOWN = -1;

    /** What ftrace prints where it has not learnt the name of a thread. */
    private static final String NAMELESS = "<...>";

    final int pid;
    int cpu = UNKNOWN;
    int vcpu = UNKNOWN;
    GuessedVm guessedVm;
    StreamWriter stream;

    /** Rows of the waiting room that belong to this thread: a list through {@link WaitingRoom}. */
    long firstWaiting = NO_ROW;

    long lastWaiting = NO_ROW;
    int waiting;

    private byte[] printedComm = {};
    private String comm = "";

    TraceThread(int pid) {
        this.pid = pid;
    }

    /** Takes the name as printed, with its padding: only a change costs anything. */
    void named(byte[] bytes, int from, int to) {
        if (!Arrays.equals(bytes, from, to, printedComm, 0, printedComm.length)) {
            rename(Arrays.copyOfRange(bytes, from, to));
        }
    }

    private void rename(byte[] printed) {
        printedComm = printed;
        comm = new String(printed, StandardCharsets.UTF_8).strip();
        if (stream != null) {
            stream.carriedBy(pid, comm);
        }
    }

    String comm() {
        return comm;
    }

    boolean isNameless() {
        return comm.equals(NAMELESS);
    }

    /** The name without its digits: threads of one VM differ in them only. */
    String commPattern() {
        return comm.replaceAll("[0-9]+", "");
    }
}
