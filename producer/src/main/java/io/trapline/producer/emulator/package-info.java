/**
 * A guest, a hypervisor and a CPU in miniature, which write the events that the kernel's tracepoints would: an
 * implementation of {@code kvm-decision-logic.md} of its own, so that it and the replay can catch each other. Three
 * parts that know each other only by what a real one would see: the guest's program ({@link
 * io.trapline.producer.emulator.GuestProgram} against {@link io.trapline.producer.emulator.GuestCpu}), the hypervisor's
 * decisions, and the recorder.
 */
package io.trapline.producer.emulator;
