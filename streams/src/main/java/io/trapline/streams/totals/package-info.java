/** The second stage: rows of all streams of a run become the run's summary; and the loop that needs no broker. */
package io.trapline.streams.totals;
