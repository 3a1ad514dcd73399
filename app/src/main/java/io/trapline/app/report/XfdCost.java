package io.trapline.app.report;

import io.trapline.schemas.avro.StreamEndRow;
import io.trapline.streams.whatif.Bounds;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The bookkeeping of XFD that a run's recording shows: reads of IA32_XFD behind exits, reads of IA32_XFD_ERR at a #NM, its
 * restores before entries and its clears, and what these accesses cost.
 */
public record XfdCost(long syncs, long captures, long restores, long clears, CycleRange cycles) {
    /** Null where the recording shows nothing of it. */
    static XfdCost of(List<StreamEndRow> streams, CycleCosts costs) {
        long syncs = sum(streams, StreamEndRow::getXfdSyncs);
        long captures = sum(streams, StreamEndRow::getXfdErrCaptures);
        long restores = sum(streams, StreamEndRow::getXfdErrRestores);
        long clears = sum(streams, StreamEndRow::getXfdErrClears);
        long reads = syncs + captures;
        long writes = restores + clears;
        CycleRange cycles = CycleRange.of(new Bounds(reads, reads), costs.rdmsr())
                .plus(CycleRange.of(new Bounds(writes, writes), costs.wrmsr()));
        return reads + writes == 0 ? null : new XfdCost(syncs, captures, restores, clears, cycles);
    }

    private static long sum(List<StreamEndRow> streams, ToLongFunction<StreamEndRow> counter) {
        return streams.stream().mapToLong(counter).sum();
    }
}
