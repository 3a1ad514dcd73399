package io.trapline.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.schemas.avro.StreamEndRow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Each equation of the books, broken: it is said, and said first. */
class AuditTest {
    private static List<String> imbalancesOf(Consumer<SampleRun> change) {
        SampleRun sample = SampleRun.ofTwoVcpus();
        change.accept(sample);
        SummaryDocument document = sample.document();
        List<String> imbalances = document.audit().imbalances();
        String text = TextReport.write(document, false);
        assertThat(text.startsWith("The books do not balance")).isEqualTo(!imbalances.isEmpty());
        assertThat(text.contains("Accounts: 2 vCPUs balance")).isEqualTo(imbalances.isEmpty());
        assertThat(JsonReport.write(document)).contains("\"balanced\": " + imbalances.isEmpty());
        return imbalances;
    }

    private static List<String> imbalancesOfVcpu0(Consumer<StreamEndRow> change) {
        return imbalancesOf(sample -> sample.streamEnd(0, change));
    }

    @Test
    void theSampleBalances() {
        assertThat(imbalancesOf(sample -> {})).isEmpty();
    }

    @Test
    void exitsAreSamplesAndOpenOnes() {
        assertThat(imbalancesOfVcpu0(row -> row.setOpen(3L)))
                .containsExactly("VM 9 vCPU 0: 10 exits are not 8 with a following entry and 3 without");
    }

    @Test
    void entriesFollowAnExitOrNot() {
        assertThat(imbalancesOfVcpu0(row -> row.setEntriesAlone(0L)))
                .containsExactly("VM 9 vCPU 0: 9 entries are not 8 that follow an exit and 0 that do not");
    }

    @Test
    void timeAddsUp() {
        assertThat(imbalancesOfVcpu0(row -> row.setHostTime(row.getHostTime() + 1)))
                .containsExactly("VM 9 vCPU 0: of 4161830 units of time, 121700 in the guest, 4000131 in the host and"
                        + " 40000 unknown do not add up");
    }

    @Test
    void noTimeIsLessThanNothingHoweverItAddsUp() {
        assertThat(imbalancesOfVcpu0(row -> {
                    row.setHostTime(row.getHostTime() + row.getUnknownTime() + 1);
                    row.setUnknownTime(-1L);
                }))
                .hasSize(1);
        assertThat(imbalancesOfVcpu0(row -> {
                    row.setGuestTime(Long.MAX_VALUE);
                    row.setHostTime(Long.MAX_VALUE);
                    row.setUnknownTime(4_161_832L);
                }))
                .hasSize(1);
    }

    @Test
    void eventsAreThoseOfAllKinds() {
        assertThat(imbalancesOfVcpu0(row -> {
                    List<Long> kinds = new ArrayList<>(row.getEventsByKind());
                    kinds.set(0, kinds.get(0) + 2);
                    row.setEventsByKind(kinds);
                }))
                .containsExactly("VM 9 vCPU 0: kinds of events add up to 28, not 26");
    }

    @Test
    void everyStreamHasTheEventsThatTheRunLists() {
        // Over the run they add up.
        assertThat(imbalancesOf(sample -> {
                    sample.run.getStreams().get(0).setEvents(25L);
                    sample.run.getStreams().get(2).setEvents(2L);
                }))
                .containsExactly(
                        "VM 9 vCPU 0: the run lists 25 events, 26 were counted",
                        "host CPU 0: the run lists 2 events, 1 were counted");
    }

    @Test
    void aStreamThatNeverEndedIsMissed() {
        assertThat(imbalancesOf(sample -> sample.streams.remove(2)))
                .containsExactly("the run lists 33 events, 32 were counted");
    }

    @Test
    void eventsWereLines() {
        assertThat(imbalancesOf(sample -> sample.run.setLines(32L)))
                .containsExactly("33 events cannot come from 32 lines");
        assertThat(imbalancesOf(sample -> sample.run.setLines(33L))).isEmpty();
        assertThat(imbalancesOf(sample -> sample.run.setLines(0L))).isEmpty();
    }

    @Test
    void unreadableLinesWereLines() {
        assertThat(imbalancesOf(sample -> sample.run.setUnparsed(121L)))
                .containsExactly("of 120 lines 121 cannot be unreadable");
    }

    @Test
    void whatCameTooLateIsMissing() {
        assertThat(imbalancesOfVcpu0(row -> row.setLateChunks(2L)))
                .containsExactly("2 chunks came too late to be counted");
    }
}
