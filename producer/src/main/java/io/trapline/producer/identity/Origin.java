package io.trapline.producer.identity;

/** Who printed an event: filled in anew for each. */
public final class Origin {
    /** No vCPU number was printed that tells whose thread it is; or no thread group was recorded. */
    public static final int NONE = -1;

    int pid;
    int tgid = NONE;
    int vcpu = NONE;
    int named = NONE;
    byte[] comm = {};
    int commFrom;
    int commTo;

    /** The thread and its thread group, {@link #NONE} where they are not printed. */
    public void thread(int newPid, int newTgid) {
        pid = newPid;
        tgid = newTgid;
    }

    /** The name of the thread as printed, padding and all. */
    public void comm(byte[] bytes, int from, int to) {
        comm = bytes;
        commFrom = from;
        commTo = to;
    }

    /** The vCPU number that the event prints, whoever printed it, or {@link #NONE}. */
    public void named(int newNamed) {
        named = newNamed;
    }

    /** The vCPU number of an entry or exit, {@link #NONE} for other events: only these are surely the thread's own. */
    public void vcpu(int newVcpu) {
        vcpu = newVcpu;
    }
}
