package io.trapline.producer;

import io.trapline.schemas.avro.Clock;
import io.trapline.schemas.avro.ClockUnit;
import io.trapline.schemas.avro.FamilyRecorded;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunSource;
import io.trapline.schemas.avro.RunStatus;
import io.trapline.schemas.avro.RunStream;
import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.event.EventKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a recording turned out to be, known when its last event has left. {@code streams} are sorted by key;
 * {@code events} and {@code eventsByKind} leave out copies; {@code untypedByName} are the OtherEvents that have no parser; {@code lost} counts lost events as far as the source does,
 * {@code lossMarkers} the places. {@code kernelFrom} and {@code kernelTo} are null where not bounded.
 */
public record RecordingSummary(
        RunSource source,
        Clock clock,
        List<String> isa,
        String kernelFrom,
        String kernelTo,
        String profileFrom,
        Set<EventFamily> familiesSeen,
        List<StreamSummary> streams,
        long events,
        Map<EventKind, Long> eventsByKind,
        Map<String, Long> untypedByName,
        long lines,
        LinesRead linesRead,
        long unparsed,
        long lost,
        long lossMarkers,
        long clamps,
        List<ImportProblem> problems) {

    /** Partition and offsets of a stream that is in no log. */
    public static final int NOT_STORED = -1;

    /** {@link #profileFrom} begins so where the line formats bounded the kernel. */
    public static final String FROM_FORMATS = "format generation";

    /** {@link #profileFrom} begins so where the recording names its kernel. */
    public static final String FROM_RECORDING = "recording";

    /** {@link #profileFrom} where nothing bounds the kernel: the rules of all apply. */
    public static final String FROM_NOTHING = "everything";

    /** The record of the finished run. Where the streams lie in the log is filled in by who stored them. */
    public Run toRun(String run) {
        return Run.newBuilder()
                .setRun(run)
                .setStatus(RunStatus.COMPLETE)
                .setSource(source)
                .setClock(clock)
                .setIsa(isa)
                .setKernelFrom(kernelFrom)
                .setKernelTo(kernelTo)
                .setProfileFrom(profileFrom)
                .setFamilies(families())
                .setStreams(new ArrayList<>(
                        streams.stream().map(RecordingSummary::storedNowhere).toList()))
                .setLines(lines)
                .setUnparsed(unparsed)
                .setLost(lost)
                .setLossMarkers(lossMarkers)
                .build();
    }

    /** The record of a run whose import begins: what is known before the first event. */
    public static Run opened(String run, RunSource source) {
        return Run.newBuilder()
                .setRun(run)
                .setStatus(RunStatus.OPEN)
                .setSource(source)
                .setClock(new Clock("unknown", ClockUnit.UNKNOWN, null))
                .setIsa(List.of())
                .build();
    }

    private List<FamilyRecorded> families() {
        // A text trace does not say what was enabled: only what showed itself is known.
        return Arrays.stream(EventFamily.values())
                .map(family -> new FamilyRecorded(family.title(), null, familiesSeen.contains(family)))
                .toList();
    }

    private static RunStream storedNowhere(StreamSummary stream) {
        return RunStream.newBuilder()
                .setVm(stream.key().vm())
                .setVcpu(stream.key().vcpu())
                .setLastSeq(stream.lastSeq())
                .setEvents(stream.events())
                .setPartition(NOT_STORED)
                .setFirstOffset(NOT_STORED)
                .setLastOffset(NOT_STORED)
                .setVmGuessed(stream.vmGuessed())
                .setThreads(stream.threads())
                .build();
    }
}
