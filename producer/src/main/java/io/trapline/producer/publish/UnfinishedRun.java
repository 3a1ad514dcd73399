package io.trapline.producer.publish;

import io.trapline.schemas.avro.Clock;
import io.trapline.schemas.avro.ClockUnit;
import io.trapline.schemas.avro.FamilyRecorded;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunStatus;
import io.trapline.schemas.avro.RunStream;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.event.EventFields.Gap;
import io.trapline.schemas.event.EventFields.VmExit;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.EventView;
import io.trapline.schemas.event.StreamKey;
import io.trapline.schemas.table.ExitReasons;
import io.trapline.schemas.wire.ChunkDecoder;
import io.trapline.schemas.wire.ChunkHeader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The record of a run that nobody goes on with: what its writer would have said at the end, as far as the events in the log
 * tell. What only the source knew (lines, lines not understood, threads, the range of kernels) died with the writer.
 */
final class UnfinishedRun implements StoredRun.ChunkVisitor {
    private static final long NS_HZ = 1_000_000_000L;
    private static final long US_HZ = 1_000_000L;

    /** What the events of one stream tell. */
    private static final class Told {
        private final Set<EventFamily> families = EnumSet.noneOf(EventFamily.class);
        private long events;
        private long gaps;
        private long lost;
        private long isaBits;
        private long clockHz;
    }

    private final Run open;
    private final ChunkDecoder decoder;
    private final EventColumns columns = new EventColumns();
    private final EventView view = new EventView();
    private final Map<StreamKey, Told> told = new HashMap<>();

    UnfinishedRun(Run open, ChunkDecoder decoder) {
        this.open = open;
        this.decoder = decoder;
    }

    @Override
    public void chunk(ChunkHeader header, byte[] value, long fromSeq) {
        decoder.decode(value, columns);
        Told of = told.computeIfAbsent(header.stream(), stream -> new Told());
        of.clockHz = header.clockHz();
        for (int row = (int) Math.max(0, fromSeq - header.firstSeq()); row < columns.count(); row++) {
            hear(of, view.on(columns, row));
        }
    }

    private static void hear(Told of, EventView event) {
        EventKind kind = event.kind();
        if (event.isCopy()) {
            return; // a copy counts in no total
        }
        of.events++;
        EventFamily.forEach(EventFamily.shownBy(event), of.families::add);
        if (kind == EventKind.VM_EXIT) {
            of.isaBits |= 1L << event.get(VmExit.ISA);
        } else if (kind == EventKind.GAP) {
            of.gaps++;
            of.lost += event.get(Gap.LOST);
        }
    }

    @Override
    public void forgotten(StreamKey stream) {
        told.remove(stream);
    }

    /** The run as ABORTED, with these streams. Every stream of a CPU tells of its losses, so the largest number is sure. */
    Run aborted(Map<StreamKey, StoredStream> streams) {
        List<RunStream> placed = new ArrayList<>();
        streams.forEach((key, stream) -> placed.add(RunStream.newBuilder()
                .setVm(key.vm())
                .setVcpu(key.vcpu())
                .setLastSeq(stream.nextSeq() - 1)
                .setEvents(told.get(key).events)
                .setPartition(stream.partition())
                .setFirstOffset(stream.firstOffset())
                .setLastOffset(stream.lastOffset())
                .build()));
        return Run.newBuilder(open)
                .setStatus(RunStatus.ABORTED)
                .setStreams(placed)
                .setClock(clock())
                .setIsa(isa())
                .setFamilies(families())
                .setLossMarkers(
                        told.values().stream().mapToLong(of -> of.gaps).max().orElse(0))
                .setLost(told.values().stream().mapToLong(of -> of.lost).max().orElse(0))
                .build();
    }

    private Clock clock() {
        if (open.getClock().getUnit() != ClockUnit.UNKNOWN || told.isEmpty()) {
            return open.getClock();
        }
        long hz = told.values().iterator().next().clockHz;
        ClockUnit unit =
                hz == NS_HZ ? ClockUnit.NS : hz == US_HZ ? ClockUnit.US : hz == 0 ? ClockUnit.NONE : ClockUnit.TSC;
        return new Clock(open.getClock().getName(), unit, hz == 0 ? null : hz);
    }

    private List<String> isa() {
        if (!open.getIsa().isEmpty()) {
            return open.getIsa();
        }
        long bits = told.values().stream().mapToLong(of -> of.isaBits).reduce(0, (a, b) -> a | b);
        List<String> isa = new ArrayList<>();
        if ((bits & 1L << ExitReasons.VMX) != 0) {
            isa.add("VMX");
        }
        if ((bits & 1L << ExitReasons.SVM) != 0) {
            isa.add("SVM");
        }
        return isa;
    }

    private List<FamilyRecorded> families() {
        Map<String, Boolean> recorded = new HashMap<>();
        open.getFamilies().forEach(family -> recorded.put(family.getFamily(), family.getRecorded()));
        return Arrays.stream(EventFamily.values())
                .map(family -> new FamilyRecorded(
                        family.title(),
                        recorded.get(family.title()),
                        told.values().stream().anyMatch(of -> of.families.contains(family))))
                .toList();
    }
}
