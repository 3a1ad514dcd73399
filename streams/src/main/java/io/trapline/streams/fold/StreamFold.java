package io.trapline.streams.fold;

import io.trapline.schemas.avro.EvidenceLine;
import io.trapline.schemas.avro.VcpuStateSnapshot;
import io.trapline.schemas.avro.WhatIfTallyRow;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.event.EventFields.VmExit;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.EventView;
import io.trapline.schemas.event.StreamKey;
import io.trapline.streams.core.CpuXfd;
import io.trapline.streams.core.Observer;
import io.trapline.streams.core.Phase;
import io.trapline.streams.core.Replay;
import io.trapline.streams.core.Turn;
import io.trapline.streams.core.VcpuState;
import io.trapline.streams.cost.StreamCosts;
import io.trapline.streams.policy.Occasion;
import io.trapline.streams.policy.Violation;
import io.trapline.streams.profile.AnalysisInputs;
import io.trapline.streams.profile.Span;
import io.trapline.streams.whatif.Recorded;
import io.trapline.streams.whatif.WhatIfRows;
import io.trapline.streams.whatif.WhatIfTally;
import java.util.ArrayList;
import java.util.List;

/**
 * The whole fold of one stream: chunks in, result rows out. Nothing depends on where chunks are cut, nor on a snapshot
 * and restore between two of them. Windows are a second of the stream's own event time; their rows go out when an event
 * of a later window comes, or the stream ends. Not safe for use by two threads.
 */
public final class StreamFold {
    /** What became of a chunk. */
    public enum Folded {
        /** At least its last event was new. */
        FOLDED,
        /** All its events had been folded before. */
        DUPLICATE,
        /**
         * Some of its events lie in a hole that was given up as a gap, or behind the announced end. They were left out;
         * new ones among the rest were folded.
         */
        LATE
    }

    private static final long NOT_ANNOUNCED = Long.MAX_VALUE;

    private final String analysis;
    private final StreamKey stream;
    private final VcpuState state = new VcpuState();
    private final StreamTotals totals = new StreamTotals();
    private final StreamCosts costs = new StreamCosts();
    private final CostRows costRows;
    private final SpanEvents span = new SpanEvents();
    private final Holes holes = new Holes();
    private final EventColumns nowiProof = new EventColumns();
    private final WhatIfTally whatIf = new WhatIfTally();
    private final StreamTallies tallies;
    private final Span counted;
    private final ExitWatcher watcher;
    private final Observer observer = new Judge();
    private final EventView view = new EventView();

    private final boolean wholeRun;
    /** {@link #counted} in numbers of this stream. */
    private Span.Bounds bounds;

    /** The entry at hand has ended an exit: its turn stays until the next one begins. */
    private boolean exitEnded;

    /** The view is on a chunk whose events are being folded. */
    private boolean atHand;

    private long nextSeq;
    private long endSeq = NOT_ANNOUNCED;
    private boolean ended;
    private long window;
    /** Last time that lies in the open window; before the first event, none does. */
    private long windowLast = -1;

    /** The fold of a stream of which nothing has come yet. */
    public StreamFold(AnalysisInputs inputs, StreamKey stream) {
        this(inputs, stream, ExitWatcher.NONE);
    }

    /** The same, which tells the watcher of its exits. */
    public StreamFold(AnalysisInputs inputs, StreamKey stream, ExitWatcher watcher) {
        analysis = inputs.analysis();
        this.stream = stream;
        this.watcher = watcher;
        costRows = new CostRows(inputs.analysis(), stream);
        counted = inputs.span();
        wholeRun = counted.isWhole();
        bounds = counted.at(0);
        tallies = new StreamTallies(inputs, stream, this::evidence);
    }

    /** The same, where the user says nothing. */
    public StreamFold(String analysis, StreamKey stream) {
        this(AnalysisInputs.named(analysis), stream);
    }

    /** The fold that {@link #snapshot} was taken of; refuses a snapshot of another version. */
    public static StreamFold restore(AnalysisInputs inputs, StreamKey stream, VcpuStateSnapshot snapshot) {
        StreamFold fold = new StreamFold(inputs, stream);
        fold.nextSeq = snapshot.getNextSeq();
        fold.ended = snapshot.getEnded();
        fold.endSeq = snapshot.getEndSeq() == null ? NOT_ANNOUNCED : snapshot.getEndSeq();
        if (!fold.ended) {
            FoldSnapshot.restore(snapshot, fold.parts());
            fold.bounds = fold.counted.at(fold.totals.clockHz);
            // The streams of host CPUs have one window only.
            if (!fold.totals.isEmpty() && !stream.isHost()) {
                fold.openWindow(fold.state.time());
            }
        }
        return fold;
    }

    /** The state between two events, as it is stored. */
    public VcpuStateSnapshot snapshot() {
        VcpuStateSnapshot snapshot = ended ? FoldSnapshot.ofEnded() : FoldSnapshot.of(parts());
        snapshot.setVersion(VcpuState.VERSION);
        snapshot.setNextSeq(nextSeq);
        snapshot.setEnded(ended);
        snapshot.setEndSeq(ended || endSeq == NOT_ANNOUNCED ? null : endSeq);
        return snapshot;
    }

    private FoldSnapshot.Parts parts() {
        return new FoldSnapshot.Parts(stream, state, totals, costs, span, holes, nowiProof, tallies, whatIf);
    }

    /** Folds the events of a chunk of this stream that are new. A chunk of another stream is a bug. */
    public Folded fold(EventColumns chunk, RowSink sink) {
        return fold(chunk, Long.MAX_VALUE, sink);
    }

    /** The same with those of them that come before the number {@code end}: for whoever looks between two events. */
    public Folded fold(EventColumns chunk, long end, RowSink sink) {
        if (!chunk.stream().equals(stream)) {
            throw new IllegalArgumentException("a chunk of " + chunk.stream() + " for the fold of " + stream);
        }
        long first = chunk.firstSeq();
        long behind = Math.min(end, first + chunk.count());
        long limit = behind > endSeq ? endSeq + 1 : behind;
        boolean late = limit < behind || holes.touch(first, Math.min(behind, nextSeq));
        if (ended) {
            return behind <= nextSeq ? Folded.DUPLICATE : Folded.LATE;
        }
        totals.lateChunks += late ? 1 : 0;
        if (limit <= nextSeq || first >= limit) {
            return late ? Folded.LATE : Folded.DUPLICATE;
        }
        foldNew(chunk, limit, sink);
        return late ? Folded.LATE : Folded.FOLDED;
    }

    private void foldNew(EventColumns chunk, long limit, RowSink sink) {
        tallies.sendTo(sink);
        totals.clockHz = chunk.clockHz();
        bounds = counted.at(chunk.clockHz());
        if (chunk.firstSeq() > nextSeq) {
            giveUp(chunk.firstSeq());
        }
        int from = (int) (nextSeq - chunk.firstSeq());
        int to = (int) (limit - chunk.firstSeq());
        span.chunkBegins(from);
        if (stream.isHost()) {
            count(chunk, from, to);
        } else {
            step(chunk, from, to, sink);
        }
        nextSeq = limit;
        if (nextSeq > endSeq) {
            endNow(sink);
        }
    }

    /** Events up to this number never came: a gap. */
    private void giveUp(long number) {
        holes.add(nextSeq, number);
        totals.countHole(number - nextSeq);
        nextSeq = number;
        if (stream.isHost()) {
            CpuXfd.loseHost(state);
        } else {
            Replay.lose(state, observer);
            costs.lose();
            completeFindings();
        }
        span.forget();
    }

    /** Host streams belong to no vCPU: nothing to replay. An entry or exit here is one whose vCPU was never printed. */
    private void count(EventColumns chunk, int from, int to) {
        atHand = true;
        for (int row = from; row < to; row++) {
            view.on(chunk, row);
            totals.count(view, state.notBefore(view.time()));
            state.advanceTo(view.time());
            state.show(EventFamily.shownBy(view));
            CpuXfd.stepHost(state, view, observer);
            completeFindings();
            if (CpuXfd.isShownBy(view) || view.kind() == EventKind.GAP) {
                span.begin(row);
            }
            if (view.kind() == EventKind.VM_EXIT) {
                if (bounds.hold(view.seq(), view.source(), state.time())) {
                    costs.openOfNobody((int) view.get(VmExit.ISA), view.get(VmExit.EXIT_REASON));
                }
                totals.open++;
            }
            totals.entriesAlone += view.kind() == EventKind.VM_ENTRY ? 1 : 0;
        }
        span.carry(chunk, to);
        atHand = false;
    }

    private void step(EventColumns chunk, int from, int to, RowSink sink) {
        atHand = true;
        for (int row = from; row < to; row++) {
            view.on(chunk, row);
            long time = state.notBefore(view.time());
            if (time > windowLast) {
                nextWindow(time, sink);
            }
            totals.count(view, time);
            EventKind kind = view.kind();
            before(kind, time);
            Replay.step(state, view, observer);
            completeFindings();
            if (kind == EventKind.VM_ENTRY) {
                entered(time);
            } else if (kind == EventKind.GAP) {
                costs.lose();
            }
            if (kind == EventKind.VM_EXIT || kind == EventKind.VM_ENTRY || kind == EventKind.GAP) {
                span.begin(row);
            }
        }
        span.carry(chunk, to);
        atHand = false;
    }

    /** What is counted of the event at hand before the replay steps over it. */
    private void before(EventKind kind, long time) {
        if (kind == EventKind.VM_ENTRY) {
            totals.enter(state.turn().open(), time);
        } else if (kind == EventKind.VM_EXIT) {
            totals.exit(state.phase() == Phase.IN_GUEST, time);
            costs.exited(view, time);
        } else if (costs.hears(kind)) {
            costs.hear(kind, view, time, totals.clockHz, counts(state.turn()));
        }
    }

    /** The replay has stepped over an entry. Costs are counted now, as within the step they make its compiled code too large. */
    private void entered(long time) {
        Turn turn = state.turn();
        costs.entered(turn, exitEnded, state.level(), time, counts(turn));
        exitEnded = false;
    }

    /** Whether the exit lies in the part of the run that is asked for. */
    private boolean counts(Turn turn) {
        return wholeRun || bounds.hold(turn.seq(), turn.source(), turn.time());
    }

    private void completeFindings() {
        if (tallies.hasFresh()) {
            tallies.stepped(state);
        }
    }

    private void nextWindow(long time, RowSink sink) {
        if (!totals.isEmpty()) {
            closeWindow(sink);
        }
        openWindow(time);
    }

    private void openWindow(long time) {
        long ticks = totals.clockHz;
        window = ticks > 0 ? time / ticks : 0;
        boolean last = ticks <= 0 || window == Long.MAX_VALUE / ticks;
        windowLast = last ? Long.MAX_VALUE : (window + 1) * ticks - 1;
    }

    private void closeWindow(RowSink sink) {
        costRows.sendWindow(costs, window, sink);
        costs.clear();
        tallies.sendTo(sink);
        tallies.send();
    }

    /** Shows the rows of the open window as provisional ones, and changes nothing. */
    public void provisional(RowSink sink) {
        if (!ended) {
            costRows.sendExits(costs, window, true, sink);
            tallies.show(sink);
        }
    }

    /**
     * Announces the number of the stream's last event: it ends when it has been folded, which may be now. Announcing it
     * again changes nothing.
     */
    public void endAt(long lastSeq, RowSink sink) {
        if (ended) {
            return;
        }
        endSeq = lastSeq;
        if (nextSeq > endSeq) {
            endNow(sink);
        }
    }

    /** Ends the stream where it is. Does nothing if it has ended. */
    public void endNow(RowSink sink) {
        if (ended) {
            return;
        }
        tallies.sendTo(sink);
        if (!stream.isHost()) {
            Replay.end(state, observer);
            completeFindings();
        }
        closeWindow(sink);
        if (!stream.isHost()) {
            sendWhatIf(sink);
        }
        costRows.sendPlaces(costs, sink);
        totals.times.bookUnknown(state.time());
        sink.streamEnd(totals.toRow(analysis, stream, nextSeq - 1, state));
        ended = true;
        holes.clear();
        span.forget();
    }

    private void sendWhatIf(RowSink sink) {
        WhatIfTallyRow tally = whatIf.toRow(analysis, stream, state, (int) totals.isaSeen);
        sink.whatIfTally(tally);
        Recorded recorded = Recorded.of(tally, totals.gaps > 0 || totals.lateChunks > 0);
        WhatIfRows.ofStream(tally, recorded).forEach(sink::whatIf);
    }

    /** Whether the stream has ended: only its position is worth keeping. */
    public boolean ended() {
        return ended;
    }

    public StreamKey stream() {
        return stream;
    }

    /** What is known between the last event that was folded and the next one; not to be changed. */
    public VcpuState state() {
        return state;
    }

    /** What the finding with this id was made of; null where there is none, or it comes from a snapshot. */
    public Violation violationOf(String finding) {
        return tallies.violationOf(finding);
    }

    /** Number of the event that comes next. */
    public long nextSeq() {
        return nextSeq;
    }

    private List<EvidenceLine> evidence(boolean withNowiProof) {
        List<EvidenceLine> lines = new ArrayList<>();
        if (withNowiProof && nowiProof.count() > 0) {
            lines.add(SpanEvents.line(new EventView().on(nowiProof, 0), state.nowiSeq()));
        }
        lines.addAll(atHand ? span.lines(view.columns(), view.row() + 1) : span.lines());
        return lines;
    }

    /** Listens to the replay: asks the policies, counts the costs. */
    private final class Judge implements Observer {
        @Override
        public void turnEnded(VcpuState at, Turn turn, EventView entry) {
            tallies.turnEnded(at);
            whatIf.turnEnded(at, turn);
            totals.samples++;
            exitEnded = true;
            if (counts(turn)) {
                totals.countXfd(turn);
                tell(at, turn, entry);
            }
        }

        private void tell(VcpuState at, Turn turn, EventView entry) {
            watcher.ended(stream, at, turn, entry);
            if (watcher.wantsRecords()) {
                watcher.records(evidence(false));
            }
        }

        @Override
        public void turnBroken(VcpuState at, Turn turn, boolean lost) {
            if (!lost) {
                tallies.turnBroken(at);
            }
            whatIf.turnBroken(at, turn, lost);
            totals.open++;
            if (counts(turn)) {
                costs.open(turn);
                totals.countXfd(turn);
                watcher.broken(stream, at, turn);
            } else {
                costs.skipOpen();
            }
        }

        @Override
        public void paired(VcpuState at) {
            tallies.askEvent(Occasion.PAIRED, at, view.seq(), view.source());
        }

        @Override
        public void entryAfterEntry(VcpuState at, EventView entry) {
            tallies.askEvent(Occasion.ENTRY_AFTER_ENTRY, at, entry.seq(), entry.source());
        }

        @Override
        public void exitAfterExit(VcpuState at, EventView exit) {
            tallies.askEvent(Occasion.EXIT_AFTER_EXIT, at, exit.seq(), exit.source());
        }

        @Override
        public void entered(VcpuState at, EventView entry) {
            tallies.askEvent(Occasion.ENTERED, at, entry.seq(), entry.source());
        }

        @Override
        public void nestedEntry(VcpuState at) {
            tallies.askEvent(Occasion.NESTED_ENTRY, at, view.seq(), view.source());
        }

        @Override
        public void nestedExit(VcpuState at) {
            tallies.askEvent(Occasion.NESTED_EXIT, at, view.seq(), view.source());
        }

        @Override
        public void nestedReflection(VcpuState at) {
            tallies.askEvent(Occasion.NESTED_REFLECTION, at, view.seq(), view.source());
        }

        @Override
        public void fpuSwitched(VcpuState at, boolean load) {
            tallies.askEvent(load ? Occasion.FPU_LOADED : Occasion.FPU_UNLOADED, at, view.seq(), view.source());
        }

        @Override
        public void guestMsrAccess(VcpuState at, EventView event) {
            whatIf.guestMsr(at, event);
            tallies.askEvent(Occasion.GUEST_MSR_ACCESS, at, event.seq(), event.source());
        }

        @Override
        public void hostXfdRead(VcpuState at, EventView event) {
            tallies.askEvent(Occasion.HOST_XFD_READ, at, event.seq(), event.source());
        }

        @Override
        public void guestXstateShown(VcpuState at) {
            tallies.askEvent(Occasion.GUEST_XSTATE, at, view.seq(), view.source());
        }

        @Override
        public void familyShown(EventFamily family) {
            tallies.familyShown(state, family);
        }

        @Override
        public void familyDisproved(EventFamily family) {
            tallies.familyDisproved(family);
        }

        @Override
        public void groundTruth(VcpuState at, EventView event) {
            whatIf.groundTruth(at, event);
        }

        @Override
        public void nowiProved(EventView event) {
            nowiProof.reset(stream, 0, 0);
            nowiProof.appendFrom(event.columns(), event.row());
        }
    }
}
