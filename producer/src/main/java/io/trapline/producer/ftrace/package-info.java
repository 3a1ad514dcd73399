/** Reads what the kernel prints into {@code trace} and {@code trace_pipe}: lines, prefixes, event bodies. */
package io.trapline.producer.ftrace;
