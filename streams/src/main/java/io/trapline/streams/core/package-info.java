/**
 * The replay core: state of one vCPU and the step that an event makes it take. Deterministic; no Kafka, no I/O, no
 * clock, no randomness. Rules are named as in the specification of KVM's decision logic (by their numbers).
 */
package io.trapline.streams.core;
