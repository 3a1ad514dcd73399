package io.trapline.producer.emulator;

/** How an interrupt gets from one vCPU of a VM to another. */
interface Ipis {
    /** Whether this destination is another vCPU than the sender. */
    boolean isOther(int destination);

    /** Sent at this instruction of the sender, and at this time of the recording. */
    void send(int destination, long instruction, long nanos);
}
