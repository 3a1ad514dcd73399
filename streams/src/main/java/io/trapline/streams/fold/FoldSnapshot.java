package io.trapline.streams.fold;

import io.trapline.schemas.avro.AccessCostRow;
import io.trapline.schemas.avro.DurationStats;
import io.trapline.schemas.avro.ExitCostRow;
import io.trapline.schemas.avro.NestedCostRow;
import io.trapline.schemas.avro.VcpuStateSnapshot;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.StreamKey;
import io.trapline.schemas.wire.ChunkDecoder;
import io.trapline.schemas.wire.ChunkEncoder;
import io.trapline.streams.core.Items;
import io.trapline.streams.core.Level;
import io.trapline.streams.core.SavedItems;
import io.trapline.streams.core.VcpuState;
import io.trapline.streams.cost.AccessCell;
import io.trapline.streams.cost.AccessCosts;
import io.trapline.streams.cost.AccessView;
import io.trapline.streams.cost.CostCell;
import io.trapline.streams.cost.CostStats;
import io.trapline.streams.cost.ExitCosts;
import io.trapline.streams.cost.ExitCosts.CellName;
import io.trapline.streams.cost.NestedCell;
import io.trapline.streams.cost.NestedCosts;
import io.trapline.streams.cost.StreamCosts;
import io.trapline.streams.cost.TimeParts;
import io.trapline.streams.whatif.WhatIfTally;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Stored form of a fold: the one place where its parts and the snapshot record meet. */
final class FoldSnapshot {
    /** Numbers that name a cell of exit costs: level, isa, reason, code of the detail. */
    private static final int CELL_NUMBERS = 4;

    /** Numbers that name a place of accesses: view and key. */
    private static final int PLACE_NUMBERS = 2;

    private static final int COUNT_BITS = 2;
    private static final int SMALL_COUNT_MAX = (1 << COUNT_BITS) - 1;

    /** What a fold consists of, apart from its position. */
    record Parts(
            StreamKey stream,
            VcpuState state,
            StreamTotals totals,
            StreamCosts costs,
            SpanEvents span,
            Holes holes,
            EventColumns nowiProof,
            StreamTallies tallies,
            WhatIfTally whatIf) {}

    private FoldSnapshot() {}

    static VcpuStateSnapshot of(Parts parts) {
        VcpuStateSnapshot snapshot = new VcpuStateSnapshot();
        SavedItems decision = new SavedItems();
        parts.state.each(decision);
        snapshot.setDecision(decision.values());
        SavedItems totals = new SavedItems();
        parts.totals.each(totals);
        snapshot.setTotals(totals.values());
        snapshot.setPolicyCounts(parts.tallies.savedCounts());
        snapshot.setFindings(parts.tallies.savedFindings());
        snapshot.setFindingsSent(parts.tallies.savedSent());
        snapshot.setHoles(parts.holes.bounds());
        SavedItems whatIf = new SavedItems();
        parts.whatIf.each(whatIf);
        snapshot.setWhatIf(whatIf.values());
        SavedItems exitClock = new SavedItems();
        parts.costs.eachOfExit(exitClock);
        snapshot.setExitClock(exitClock.values());
        SavedItems hotSpots = new SavedItems();
        parts.costs.eachPlace(hotSpots);
        snapshot.setHotSpots(hotSpots.values());
        saveNested(parts.costs.nested(), snapshot);
        saveCosts(parts.costs.exits(), snapshot);
        saveAccesses(parts.costs.accesses(), snapshot);
        saveEvents(parts, snapshot);
        return snapshot;
    }

    /** What an ended stream keeps: nothing but its position, which the caller sets. */
    static VcpuStateSnapshot ofEnded() {
        VcpuStateSnapshot snapshot = new VcpuStateSnapshot();
        snapshot.setDecision(List.of());
        snapshot.setTotals(List.of());
        snapshot.setPolicyCounts(List.of());
        snapshot.setFindings(List.of());
        snapshot.setFindingsSent(List.of());
        snapshot.setHoles(List.of());
        snapshot.setWindow(List.of());
        snapshot.setCells(List.of());
        snapshot.setWhatIf(List.of());
        snapshot.setExitClock(List.of());
        snapshot.setAccesses(List.of());
        snapshot.setNested(List.of());
        snapshot.setAccessClock(List.of());
        snapshot.setNestedClock(List.of());
        snapshot.setHotSpots(List.of());
        snapshot.setKeptSeqs(List.of());
        snapshot.setKept(ByteBuffer.allocate(0));
        return snapshot;
    }

    /** Cells with figures come first, each beside its row; the rest only say that they exist. */
    private static void saveCosts(ExitCosts costs, VcpuStateSnapshot snapshot) {
        List<CostCell> cells = new ArrayList<>(costs.window());
        List<ExitCostRow> rows = cells.stream().map(FoldSnapshot::row).toList();
        costs.all().stream().filter(CostCell::isEmpty).forEach(cells::add);
        List<Long> names = new ArrayList<>(cells.size() * CELL_NUMBERS);
        for (CostCell cell : cells) {
            names.add((long) cell.level().ordinal());
            names.add((long) cell.isa());
            names.add(cell.reason());
            names.add(cell.detailCode());
        }
        snapshot.setWindow(rows);
        snapshot.setCells(names);
    }

    private static ExitCostRow row(CostCell cell) {
        ExitCostRow row = new ExitCostRow();
        row.setAnalysis("");
        row.setRun("");
        row.setVm("");
        row.setLevel("");
        row.setDetail("");
        row.setOpen(cell.open());
        row.setSyncs(cell.syncs());
        row.setTime(packed(cell.time().toRow()));
        row.setUserspaceTime(cell.parts().userspace());
        row.setHaltedTime(cell.parts().halted());
        row.setPreemptedTime(cell.parts().preempted());
        row.setUnknownTime(cell.parts().unknown());
        return row;
    }

    /** What the rows spell is in the numbers, by its code. */
    private static void saveNested(NestedCosts nested, VcpuStateSnapshot snapshot) {
        SavedItems numbers = new SavedItems();
        nested.eachUnderWay(numbers);
        List<NestedCostRow> rows = new ArrayList<>();
        for (NestedCell cell : nested.window()) {
            NestedCostRow row = cell.toRow();
            row.setAnalysis("");
            row.setRun("");
            row.setVm("");
            row.setDetail("");
            row.setCaused(List.of());
            row.setTime(packed(row.getTime()));
            rows.add(row);
            cell.each(numbers);
        }
        snapshot.setNested(rows);
        snapshot.setNestedClock(numbers.values());
    }

    private static void restoreNested(VcpuStateSnapshot snapshot, NestedCosts nested) {
        Items numbers = SavedItems.reader(snapshot.getNestedClock());
        nested.eachUnderWay(numbers);
        for (NestedCostRow row : snapshot.getNested()) {
            nested.restore(row, statsOf(row.getTime()), numbers);
        }
    }

    /** What is under way, then view and key of each place; as above, those with figures come first. */
    private static void saveAccesses(AccessCosts accesses, VcpuStateSnapshot snapshot) {
        SavedItems clock = new SavedItems();
        accesses.each(clock);
        List<AccessCell> places = new ArrayList<>(accesses.window());
        List<AccessCostRow> rows = places.stream()
                .map(place -> new AccessCostRow(
                        "", "", "", 0, "", "", packed(place.time().toRow())))
                .toList();
        accesses.places().stream().filter(place -> place.time().samples() == 0).forEach(places::add);
        for (AccessCell place : places) {
            clock.next(place.view().ordinal());
            clock.next(place.key());
        }
        snapshot.setAccessClock(clock.values());
        snapshot.setAccesses(rows);
    }

    /**
     * Stored rows hold each bucket as the step from the one before and the count together, which is mostly one byte: the
     * count in the low bits, or 0 there and the count behind it.
     */
    private static DurationStats packed(DurationStats time) {
        List<Integer> packed = new ArrayList<>(time.getBuckets().size());
        List<Long> largeCounts = new ArrayList<>();
        int before = 0;
        for (int place = 0; place < time.getBuckets().size(); place++) {
            int bucket = time.getBuckets().get(place);
            long count = time.getBucketCounts().get(place);
            boolean small = count <= SMALL_COUNT_MAX;
            packed.add(bucket - before << COUNT_BITS | (small ? (int) count : 0));
            if (!small) {
                largeCounts.add(count);
            }
            before = bucket;
        }
        time.setBuckets(packed);
        time.setBucketCounts(largeCounts);
        return time;
    }

    private static CostStats statsOf(DurationStats stored) {
        List<Integer> buckets = new ArrayList<>(stored.getBuckets().size());
        List<Long> counts = new ArrayList<>(stored.getBuckets().size());
        Iterator<Long> largeCounts = stored.getBucketCounts().iterator();
        int bucket = 0;
        for (int packed : stored.getBuckets()) {
            bucket += packed >> COUNT_BITS;
            buckets.add(bucket);
            int count = packed & SMALL_COUNT_MAX;
            counts.add(count > 0 ? count : largeCounts.next());
        }
        return CostStats.of(new DurationStats(
                stored.getSamples(),
                stored.getSum(),
                stored.getSumSquaresHigh(),
                stored.getSumSquaresLow(),
                stored.getMin(),
                stored.getMax(),
                buckets,
                counts));
    }

    private static void saveEvents(Parts parts, VcpuStateSnapshot snapshot) {
        EventColumns events = new EventColumns();
        events.reset(new StreamKey("", "", 0), 0, 0);
        List<Long> seqs = new ArrayList<>();
        if (parts.nowiProof.count() > 0) {
            events.appendFrom(parts.nowiProof, 0);
            seqs.add(parts.state.nowiSeq());
        }
        parts.span.saveTo(events, seqs);
        snapshot.setKeptSeqs(seqs);
        snapshot.setKept(ByteBuffer.wrap(events.count() == 0 ? new byte[0] : new ChunkEncoder().encode(events)));
    }

    static void restore(VcpuStateSnapshot snapshot, Parts parts) {
        if (snapshot.getVersion() != VcpuState.VERSION) {
            throw new IllegalStateException("state of " + parts.stream.encode() + " was stored in version "
                    + snapshot.getVersion() + ", this code reads version " + VcpuState.VERSION
                    + ": reset the application and fold from the beginning");
        }
        parts.state.each(SavedItems.reader(snapshot.getDecision()));
        parts.totals.each(SavedItems.reader(snapshot.getTotals()));
        parts.tallies.restore(snapshot.getPolicyCounts(), snapshot.getFindings(), snapshot.getFindingsSent());
        parts.holes.restore(snapshot.getHoles());
        parts.whatIf.each(SavedItems.reader(snapshot.getWhatIf()));
        parts.costs.eachOfExit(SavedItems.reader(snapshot.getExitClock()));
        parts.costs.eachPlace(SavedItems.reader(snapshot.getHotSpots()));
        restoreNested(snapshot, parts.costs.nested());
        restoreCosts(snapshot, parts.costs.exits());
        restoreAccesses(snapshot, parts.costs.accesses());
        restoreEvents(snapshot, parts);
    }

    private static void restoreCosts(VcpuStateSnapshot snapshot, ExitCosts costs) {
        List<Long> names = snapshot.getCells();
        for (int at = 0, cell = 0; at < names.size(); at += CELL_NUMBERS, cell++) {
            boolean hasRow = cell < snapshot.getWindow().size();
            ExitCostRow row = hasRow ? snapshot.getWindow().get(cell) : null;
            costs.restore(
                    new CellName(
                            Level.values()[names.get(at).intValue()],
                            names.get(at + 1).intValue(),
                            names.get(at + 2),
                            names.get(at + 3)),
                    hasRow ? row.getOpen() : 0,
                    hasRow ? row.getSyncs() : 0,
                    hasRow ? statsOf(row.getTime()) : new CostStats(),
                    hasRow ? partsOf(row) : new TimeParts());
        }
    }

    private static TimeParts partsOf(ExitCostRow row) {
        return TimeParts.of(row.getUserspaceTime(), row.getHaltedTime(), row.getPreemptedTime(), row.getUnknownTime());
    }

    private static void restoreAccesses(VcpuStateSnapshot snapshot, AccessCosts accesses) {
        List<Long> stored = snapshot.getAccessClock();
        SavedItems clock = new SavedItems();
        accesses.each(clock);
        accesses.each(SavedItems.reader(stored));
        for (int at = clock.values().size(), place = 0; at < stored.size(); at += PLACE_NUMBERS, place++) {
            boolean hasRow = place < snapshot.getAccesses().size();
            accesses.restore(
                    AccessView.values()[stored.get(at).intValue()],
                    stored.get(at + 1),
                    hasRow ? statsOf(snapshot.getAccesses().get(place).getTime()) : new CostStats());
        }
    }

    private static void restoreEvents(VcpuStateSnapshot snapshot, Parts parts) {
        ByteBuffer kept = snapshot.getKept();
        if (!kept.hasRemaining()) {
            return;
        }
        byte[] bytes = new byte[kept.remaining()];
        kept.duplicate().get(bytes);
        EventColumns events = new EventColumns();
        new ChunkDecoder().decode(bytes, events);
        long[] seqs = snapshot.getKeptSeqs().stream().mapToLong(Long::longValue).toArray();
        int proofs = parts.state.nowi() ? 1 : 0;
        if (proofs > 0) {
            parts.nowiProof.appendFrom(events, 0);
        }
        parts.span.add(events, seqs, proofs, events.count());
    }
}
