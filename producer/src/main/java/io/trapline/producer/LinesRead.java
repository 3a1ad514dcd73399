package io.trapline.producer;

/**
 * What the lines of a recording were, each counted once: events, what stands between them (headers, markers, comments), and
 * those of which nobody knows what they were.
 */
public record LinesRead(long events, long others, long unread) {}
