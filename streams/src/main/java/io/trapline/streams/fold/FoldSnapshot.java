package io.trapline.streams.fold;

import io.trapline.schemas.avro.DurationStats;
import io.trapline.schemas.avro.ExitCostRow;
import io.trapline.schemas.avro.VcpuStateSnapshot;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.StreamKey;
import io.trapline.schemas.wire.ChunkDecoder;
import io.trapline.schemas.wire.ChunkEncoder;
import io.trapline.streams.core.Level;
import io.trapline.streams.core.SavedItems;
import io.trapline.streams.core.VcpuState;
import io.trapline.streams.cost.CostCell;
import io.trapline.streams.cost.CostStats;
import io.trapline.streams.cost.ExitCosts;
import io.trapline.streams.whatif.WhatIfTally;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Stored form of a fold: the one place where its parts and the snapshot record meet. */
final class FoldSnapshot {
    /** Numbers that name a cell of exit costs: level, isa, reason, code of the detail. */
    private static final int CELL_NUMBERS = 4;

    /** What a fold consists of, apart from its position. */
    record Parts(
            StreamKey stream,
            VcpuState state,
            StreamTotals totals,
            ExitCosts costs,
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
        snapshot.setExitClock(List.of());
        snapshot.setAccesses(List.of());
        snapshot.setNested(List.of());
        snapshot.setAccessClock(List.of());
        snapshot.setNestedClock(List.of());
        snapshot.setHotSpots(List.of());
        saveCosts(parts.costs, snapshot);
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
        row.setTime(withBucketSteps(cell.time().toRow()));
        return row;
    }

    /** Stored rows hold each bucket as the step from the one before: a byte instead of two. */
    private static DurationStats withBucketSteps(DurationStats time) {
        List<Integer> steps = new ArrayList<>(time.getBuckets().size());
        int before = 0;
        for (int bucket : time.getBuckets()) {
            steps.add(bucket - before);
            before = bucket;
        }
        time.setBuckets(steps);
        return time;
    }

    private static CostStats statsOf(DurationStats stored) {
        List<Integer> buckets = new ArrayList<>(stored.getBuckets().size());
        int bucket = 0;
        for (int step : stored.getBuckets()) {
            bucket += step;
            buckets.add(bucket);
        }
        return CostStats.of(new DurationStats(
                stored.getSamples(),
                stored.getSum(),
                stored.getSumSquaresHigh(),
                stored.getSumSquaresLow(),
                stored.getMin(),
                stored.getMax(),
                buckets,
                stored.getBucketCounts()));
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
        restoreCosts(snapshot, parts.costs);
        restoreEvents(snapshot, parts);
    }

    private static void restoreCosts(VcpuStateSnapshot snapshot, ExitCosts costs) {
        List<Long> names = snapshot.getCells();
        for (int at = 0, cell = 0; at < names.size(); at += CELL_NUMBERS, cell++) {
            boolean hasRow = cell < snapshot.getWindow().size();
            ExitCostRow row = hasRow ? snapshot.getWindow().get(cell) : null;
            costs.restore(
                    Level.values()[names.get(at).intValue()],
                    names.get(at + 1).intValue(),
                    names.get(at + 2),
                    names.get(at + 3),
                    hasRow ? row.getOpen() : 0,
                    hasRow ? row.getSyncs() : 0,
                    hasRow ? statsOf(row.getTime()) : new CostStats());
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
