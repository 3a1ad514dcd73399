/**
 * The guests of scenarios: kernels with tasks, and hypervisors in L1, made of numbers that a scenario gives. They know of the
 * emulator what a guest sees of a CPU ({@link io.trapline.producer.emulator.GuestCpu}), and nothing of what exits.
 */
package io.trapline.producer.emulator.guest;
