package io.trapline.producer.identity;

/**
 * How much of a recording is told apart. {@code threads}: of the recorded machine; {@code vcpus}: streams of one run;
 * {@code carriers}: threads of one stream that its record names; {@code waitingOfThread} and {@code waiting}: events of a
 * thread, and of all, that wait for a vCPU to show. What is more goes to the host's streams, or is left out of a list.
 */
record RouterLimits(int threads, int vcpus, int carriers, int waitingOfThread, int waiting) {
    static final RouterLimits DEFAULT = new RouterLimits(
            ThreadTable.THREADS_MAX,
            StreamSet.VCPUS_MAX,
            StreamWriter.CARRIERS_MAX,
            WaitingRoom.EVENTS_PER_THREAD_MAX,
            WaitingRoom.EVENTS_MAX);
}
