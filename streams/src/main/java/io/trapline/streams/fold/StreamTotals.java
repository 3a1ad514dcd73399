package io.trapline.streams.fold;

import io.trapline.schemas.avro.StreamEndRow;
import io.trapline.schemas.event.EventFields.Gap;
import io.trapline.schemas.event.EventFields.VmExit;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.EventView;
import io.trapline.schemas.event.StreamKey;
import io.trapline.schemas.table.ExitReasons;
import io.trapline.streams.core.Items;
import io.trapline.streams.core.Turn;
import io.trapline.streams.core.VcpuState;
import java.util.Arrays;
import java.util.List;

/** Counters of one stream that its end reports: what it held, for the audit and for the run's totals. */
final class StreamTotals {
    long clockHz;
    long events;
    long copies;
    long samples;
    long open;
    long entriesAlone;
    long gaps;
    long lost;
    long lateChunks;
    long fromTime;
    long isaSeen;
    long xfdSyncs;
    long xfdErrCaptures;
    long xfdErrRestores;
    long xfdErrClears;
    final StreamTimes times = new StreamTimes();
    private final long[] byKind = new long[EventKind.CODES];

    /** Counts an event; {@code time} is the one it counts with. Copies of another stream's events count in no total. */
    void count(EventView event, long time) {
        EventKind kind = event.kind();
        if (events + copies == 0) {
            fromTime = time;
            times.begin(time);
        }
        if (event.isCopy()) {
            copies++;
            return;
        }
        events++;
        byKind[kind.code()]++;
        if (kind == EventKind.VM_EXIT) {
            long isa = event.get(VmExit.ISA);
            isaSeen |= isa == ExitReasons.VMX || isa == ExitReasons.SVM ? 1L << isa : 0;
        } else if (kind == EventKind.GAP) {
            gaps++;
            lost += event.get(Gap.LOST);
        }
    }

    /** The vCPU enters the guest; {@code fromHost}: an exit came before. */
    void enter(boolean fromHost, long time) {
        if (fromHost) {
            times.bookHost(time);
        } else {
            entriesAlone++;
            times.bookUnknown(time);
        }
    }

    /** The vCPU leaves the guest; {@code fromGuest}: an entry came before. */
    void exit(boolean fromGuest, long time) {
        if (fromGuest) {
            times.bookGuest(time);
        } else {
            times.bookUnknown(time);
        }
    }

    /** What was recorded of XFD in a turn that is over, with an entry or without. */
    void countXfd(Turn turn) {
        xfdSyncs += turn.synced() || turn.syncedLate() ? 1 : 0;
        xfdErrCaptures += turn.captured() || turn.capturedLate() ? 1 : 0;
        xfdErrRestores += turn.restored() ? 1 : 0;
        xfdErrClears += turn.cleared() || turn.clearedLate() ? 1 : 0;
    }

    /** Counts a hole in the stream's numbers. */
    void countHole(long missing) {
        gaps++;
        lost += missing;
    }

    long ofKind(EventKind kind) {
        return byKind[kind.code()];
    }

    boolean isEmpty() {
        return events + copies == 0;
    }

    /** Events per kind, by code. */
    List<Long> byKind() {
        return Arrays.stream(byKind).boxed().toList();
    }

    /** What the stream held, whose last event has this number and left this state. */
    StreamEndRow toRow(String analysis, StreamKey stream, long lastSeq, VcpuState state) {
        StreamEndRow row = new StreamEndRow();
        row.setAnalysis(analysis);
        row.setRun(stream.run());
        row.setVm(stream.vm());
        row.setVcpu(stream.vcpu());
        row.setLastSeq(lastSeq);
        row.setEvents(events);
        row.setEventsByKind(byKind());
        row.setCopies(copies);
        row.setEntries(ofKind(EventKind.VM_ENTRY));
        row.setExits(ofKind(EventKind.VM_EXIT));
        row.setSamples(samples);
        row.setOpen(open);
        row.setEntriesAlone(entriesAlone);
        row.setGuestTime(times.guest);
        row.setHostTime(times.host);
        row.setUnknownTime(times.unknown);
        row.setClamped(state.clamped());
        row.setGaps(gaps);
        row.setLost(lost);
        row.setLateChunks(lateChunks);
        row.setFromTime(isEmpty() ? null : fromTime);
        row.setToTime(isEmpty() ? null : state.time());
        row.setFamiliesSeen(state.familiesSeen());
        row.setFamiliesDisproved(state.familiesDisproved());
        row.setIsaSeen((int) isaSeen);
        row.setXfdSyncs(xfdSyncs);
        row.setXfdErrCaptures(xfdErrCaptures);
        row.setXfdErrRestores(xfdErrRestores);
        row.setXfdErrClears(xfdErrClears);
        return row;
    }

    /** All counters in the order of the snapshot. */
    void each(Items items) {
        clockHz = items.next(clockHz);
        events = items.next(events);
        copies = items.next(copies);
        samples = items.next(samples);
        open = items.next(open);
        entriesAlone = items.next(entriesAlone);
        gaps = items.next(gaps);
        lost = items.next(lost);
        lateChunks = items.next(lateChunks);
        fromTime = items.next(fromTime);
        isaSeen = items.next(isaSeen);
        xfdSyncs = items.next(xfdSyncs);
        xfdErrCaptures = items.next(xfdErrCaptures);
        xfdErrRestores = items.next(xfdErrRestores);
        xfdErrClears = items.next(xfdErrClears);
        times.each(items);
        for (int code = 0; code < byKind.length; code++) {
            byKind[code] = items.next(byKind[code]);
        }
    }
}
