package io.trapline.producer.identity;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/** What is known of one thread of the recorded machine. Where {@link #stream} is null it has shown no vCPU so far. */
final class TraceThread {
    /** No row of the waiting room. */
    static final long NO_ROW = -1;

    static final int UNKNOWN = -1;

    /** What ftrace prints where it has not learnt the name of a thread. */
    static final String NAMELESS = "<...>";

    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    final int pid;
    int cpu = UNKNOWN;
    int vcpu = UNKNOWN;
    int tgid = UNKNOWN;
    /** The vCPU that it was before it got another name, {@link #UNKNOWN} if it kept its name. */
    int formerVcpu = UNKNOWN;

    GuessedVm guessedVm;
    /** The pattern of its name that {@link #guessedVm} has, null before it has any. */
    String patternInVm;

    StreamWriter stream;

    /** Rows of the waiting room that belong to this thread: a list through {@link WaitingRoom}. */
    long firstWaiting = NO_ROW;

    long lastWaiting = NO_ROW;
    int waiting;

    private byte[] printedComm = {};
    private String comm = "";
    private String commPattern = "";

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
        boolean wasNamed = printedComm.length > 0 && !isNameless();
        String patternBefore = commPattern;
        printedComm = printed;
        String newComm = new String(printed, StandardCharsets.UTF_8).strip();
        if (wasNamed && newComm.equals(NAMELESS)) {
            return; // it is the recorder who has forgotten the name
        }
        comm = newComm;
        commPattern = DIGITS.matcher(comm).replaceAll("");
        boolean another = wasNamed && !commPattern.equals(patternBefore);
        if (guessedVm != null && !another) {
            guessedVm.learnName(this);
        }
        if (stream == null) {
            return;
        }
        if (another) {
            forgetVcpu();
        } else {
            stream.carriedBy(pid, comm);
        }
    }

    /** Takes the thread group as printed: a thread keeps its own, so another is one of a new thread with an old number. */
    void inProcess(int printedTgid) {
        if (printedTgid == Origin.NONE || printedTgid == tgid) {
            return;
        }
        if (tgid != UNKNOWN && stream != null) {
            forgetVcpu();
        }
        tgid = printedTgid;
    }

    /**
     * The pid has another name, of another kind: likely a new thread with an old number. What it does from now on waits
     * until it shows a vCPU again; if that is the same one, it was only a new name.
     */
    private void forgetVcpu() {
        stream = null;
        formerVcpu = vcpu;
        vcpu = UNKNOWN;
    }

    String comm() {
        return comm;
    }

    boolean isNameless() {
        return comm.equals(NAMELESS);
    }

    /** The name without its digits: threads of one VM differ in them only. */
    String commPattern() {
        return commPattern;
    }
}
