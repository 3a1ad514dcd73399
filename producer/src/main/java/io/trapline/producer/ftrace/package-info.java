/** The format of the kernel's own trace files. */
package io.trapline.producer.ftrace;
