package io.trapline.producer.emulator;

/** What a kvm_mmio record says happened; in the order of the tracepoint's type numbers. */
enum MmioStep {
    UNSATISFIED_READ,
    READ,
    WRITE
}
