/**
 * What all formats of text share: from lines to streams of events, and the books of what did not fit. A format says how it
 * is recognised, how its lines begin and what stands between them.
 */
package io.trapline.producer.text;
