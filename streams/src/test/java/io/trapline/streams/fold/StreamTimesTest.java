package io.trapline.streams.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.schemas.avro.StreamEndRow;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventFields.UserspaceExit;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.EventView;
import io.trapline.schemas.event.StreamKey;
import io.trapline.streams.RandomTrace;
import io.trapline.streams.Rows;
import io.trapline.streams.TraceScript;
import org.junit.jupiter.api.Test;

/** The books of a stream: whatever it holds, entries, exits, events and time add up. */
class StreamTimesTest {
    private static final int SEEDS = 200;
    private static final long FAIL_ENTRY = 9;

    private static StreamEndRow end(EventColumns events) {
        Rows rows = new Rows();
        StreamFold fold = new StreamFold("live", events.stream());
        fold.fold(events, rows);
        fold.endNow(rows);
        return rows.of(StreamEndRow.class).get(0);
    }

    private static StreamEndRow end(TraceScript script) {
        return end(script.events());
    }

    @Test
    void theBooksOfAnyStreamBalance() {
        for (long seed = 0; seed < SEEDS; seed++) {
            StreamEndRow end = end(RandomTrace.of(seed));

            assertThat(end.getSamples() + end.getOpen())
                    .as("exits, seed %d", seed)
                    .isEqualTo(end.getExits());
            assertThat(end.getSamples() + end.getEntriesAlone())
                    .as("entries, seed %d", seed)
                    .isEqualTo(end.getEntries());
            assertThat(end.getGuestTime() + end.getHostTime() + end.getUnknownTime())
                    .as("time, seed %d", seed)
                    .isEqualTo(end.getToTime() - end.getFromTime());
            assertThat(end.getEventsByKind().stream().mapToLong(Long::longValue).sum())
                    .as("kinds, seed %d", seed)
                    .isEqualTo(end.getEvents());
        }
    }

    /** The same from the list of events alone, without any state. */
    @Test
    void timeIsWhatLiesBetweenNeighbouringEntriesAndExits() {
        for (long seed = 0; seed < SEEDS; seed++) {
            EventColumns events = RandomTrace.of(seed);
            long guest = 0;
            long host = 0;
            long time = 0;
            long boundary = 0;
            EventKind before = EventKind.GAP;
            EventView event = new EventView();
            for (int row = 0; row < events.count(); row++) {
                event.on(events, row);
                time = Math.max(time, event.time());
                EventKind kind = boundaryOf(event);
                if (kind != null) {
                    guest += before == EventKind.VM_ENTRY && kind == EventKind.VM_EXIT ? time - boundary : 0;
                    host += before == EventKind.VM_EXIT && kind == EventKind.VM_ENTRY ? time - boundary : 0;
                    before = kind == EventKind.USERSPACE_EXIT && before != EventKind.VM_ENTRY ? before : kind;
                    boundary = kind == EventKind.USERSPACE_EXIT ? boundary : time;
                }
            }

            StreamEndRow end = end(events);
            assertThat(end.getGuestTime()).as("guest, seed %d", seed).isEqualTo(guest);
            assertThat(end.getHostTime()).as("host, seed %d", seed).isEqualTo(host);
        }
    }

    /** Entries, exits, gaps, and the entry that the CPU refused. */
    private static EventKind boundaryOf(EventView event) {
        return switch (event.kind()) {
            case VM_ENTRY, VM_EXIT, GAP -> event.kind();
            case USERSPACE_EXIT -> refused(event) ? event.kind() : null;
            // L1's entry that the CPU refused: the hypervisor says so, and no exit comes.
            case NESTED_ENTRY_FAILED -> EventKind.USERSPACE_EXIT;
            default -> null;
        };
    }

    private static boolean refused(EventView event) {
        return event.has(UserspaceExit.REASON) && event.get(UserspaceExit.REASON) == FAIL_ENTRY;
    }

    @Test
    void timeOfASoundStreamIsGuestAndHost() {
        StreamEndRow end = end(new TraceScript()
                .entry()
                .after(1_000)
                .exit("CPUID")
                .after(300)
                .entry()
                .after(2_000)
                .exit("HLT"));

        assertThat(end.getGuestTime()).isGreaterThanOrEqualTo(3_000);
        assertThat(end.getHostTime()).isBetween(300L, 999L);
        assertThat(end.getUnknownTime()).isZero();
        assertThat(end.getEntriesAlone()).isEqualTo(1);
        assertThat(end.getOpen()).isEqualTo(1);
    }

    @Test
    void whereARecordIsMissingTimeIsUnknown() {
        StreamEndRow twoEntries = end(new TraceScript().entry().after(5_000).entry());
        StreamEndRow twoExits = end(new TraceScript().exit("HLT").after(5_000).exit("HLT"));
        StreamEndRow gap = end(new TraceScript().entry().gap().after(5_000).exit("HLT"));

        for (StreamEndRow end : new StreamEndRow[] {twoEntries, twoExits, gap}) {
            assertThat(end.getUnknownTime()).isEqualTo(end.getToTime() - end.getFromTime());
        }
        assertThat(twoEntries.getEntriesAlone()).isEqualTo(2);
    }

    @Test
    void whatComesBeforeTheFirstAndAfterTheLastOfThemIsUnknown() {
        StreamEndRow end = end(new TraceScript()
                .other("kvm_ple_window", false)
                .after(700)
                .entry()
                .exit("HLT")
                .after(700)
                .other("kvm_ple_window", false));

        assertThat(end.getUnknownTime()).isGreaterThanOrEqualTo(1_400);
        assertThat(end.getHostTime()).isZero();
    }

    @Test
    void aHostStreamIsNobodysTime() {
        StreamEndRow end = end(new TraceScript(new StreamKey("run", StreamKey.HOST, 0))
                .entry()
                .after(900)
                .exit("HLT"));

        assertThat(end.getGuestTime()).isZero();
        assertThat(end.getUnknownTime()).isEqualTo(end.getToTime() - end.getFromTime());
        assertThat(end.getEntriesAlone()).isEqualTo(1);
    }
}
