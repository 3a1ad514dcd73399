/** The format of {@code perf script}. */
package io.trapline.producer.perfscript;
