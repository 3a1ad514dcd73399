/** The format of {@code trace-cmd report}. */
package io.trapline.producer.tracecmd;
