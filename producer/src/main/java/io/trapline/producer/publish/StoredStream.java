package io.trapline.producer.publish;

/**
 * What the log has of one stream of a run: the events below {@code nextSeq}, the last of which has this time, in chunks from
 * one offset of a partition to another. {@code torn}: some numbers below are missing, which no writer of ours does.
 */
record StoredStream(int partition, long firstOffset, long lastOffset, long nextSeq, long lastTime, boolean torn) {}
