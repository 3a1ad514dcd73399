package io.trapline.producer;

import io.trapline.schemas.avro.StreamThread;
import io.trapline.schemas.event.StreamKey;
import java.util.List;

/**
 * One stream of an imported recording. {@code lastSeq} counts everything, {@code events} leaves out the {@code copies}
 * of host MSR accesses. {@code clamps} times were raised to the time before. {@code vmGuessed}: the VM was not recorded.
 */
public record StreamSummary(
        StreamKey key,
        long lastSeq,
        long events,
        long copies,
        long clamps,
        boolean vmGuessed,
        List<StreamThread> threads) {}
