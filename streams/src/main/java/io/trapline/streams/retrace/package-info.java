/**
 * Looks at a stream again: what is known at a moment and since when, and what each event of a finding did. Folds with the
 * fold that gave the results; pure, like it.
 */
package io.trapline.streams.retrace;
