package io.trapline.app.report;

import io.trapline.schemas.avro.ExitCostRow;
import io.trapline.schemas.avro.FamilyRecorded;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunStatus;
import io.trapline.schemas.avro.RunStream;
import io.trapline.schemas.avro.StreamEndRow;
import io.trapline.schemas.avro.SummaryRow;
import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.StreamKey;
import io.trapline.schemas.kernel.KernelRange;
import io.trapline.schemas.table.ExitReasons;
import io.trapline.streams.core.Exits;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/** Reads what the description and the ends of all streams say together of a run. */
public final class RunReading {
    private static final String UNKNOWN_ISA = "unknown";

    private RunReading() {}

    static RunDescription description(RunRows rows) {
        Run run = rows.run();
        List<StreamEndRow> streams = rows.streams();
        return new RunDescription(
                run.getRun(),
                run.getSource().getName(),
                KernelRange.of(run.getKernelFrom(), run.getKernelTo()),
                run.getProfileFrom(),
                isas(run, streams),
                eventsListed(run),
                run.getLost(),
                run.getUnparsed(),
                (int) run.getStreams().stream().filter(RunReading::isVcpu).count(),
                streams.stream()
                        .map(StreamEndRow::getFromTime)
                        .filter(Objects::nonNull)
                        .min(Long::compare)
                        .orElse(null),
                streams.stream()
                        .map(StreamEndRow::getToTime)
                        .filter(Objects::nonNull)
                        .max(Long::compare)
                        .orElse(null),
                RunClock.of(run.getClock()),
                run.getStatus() == RunStatus.ABORTED);
    }

    private static List<String> isas(Run run, List<StreamEndRow> streams) {
        Set<String> isas = new TreeSet<>(run.getIsa());
        for (int isa : new int[] {ExitReasons.VMX, ExitReasons.SVM}) {
            if (streams.stream().anyMatch(stream -> (stream.getIsaSeen() & 1 << isa) != 0)) {
                isas.add(isa(isa));
            }
        }
        return List.copyOf(isas);
    }

    /** An instruction set as documents spell it. */
    public static String isa(int isa) {
        return switch (isa) {
            case ExitReasons.VMX -> "VMX";
            case ExitReasons.SVM -> "SVM";
            default -> UNKNOWN_ISA;
        };
    }

    private static boolean isVcpu(RunStream stream) {
        return !stream.getVm().equals(StreamKey.HOST);
    }

    /** Copies are not among them. */
    private static long eventsListed(Run run) {
        return run.getStreams().stream().mapToLong(RunStream::getEvents).sum();
    }

    /** {@link #familiesRecorded(RunRows)} of all final rows of a run. */
    public static Set<String> familiesRecorded(Collection<SummaryRow> rows) {
        return familiesRecorded(new RunRows(rows));
    }

    /**
     * Titles of the families that were recorded: the source says so, an event of them is there, or there was nothing to
     * record.
     */
    static Set<String> familiesRecorded(RunRows rows) {
        Set<String> titles = new TreeSet<>();
        for (FamilyRecorded family : rows.run().getFamilies()) {
            if (Boolean.TRUE.equals(family.getRecorded()) || family.getSeen()) {
                titles.add(family.getFamily());
            }
        }
        for (EventFamily family : EventFamily.values()) {
            if (rows.streams().stream().anyMatch(stream -> (stream.getFamiliesSeen() & family.bit()) != 0)) {
                titles.add(family.title());
            }
        }
        if (!rows.exits().isEmpty() && rows.exits().stream().noneMatch(RunReading::entersNested)) {
            // No guest asked to run a guest: these events were not left out, there were none.
            titles.add(EventFamily.NESTED.title());
        }
        return titles;
    }

    private static boolean entersNested(ExitCostRow exit) {
        return Exits.entersNested(exit.getIsa(), exit.getReason());
    }

    static Audit audit(RunRows rows) {
        List<StreamAccount> accounts = accounts(rows);
        return new Audit(
                eventsListed(rows.run()),
                sum(rows, StreamEndRow::getEvents),
                byKind(rows.streams()),
                sum(rows, StreamEndRow::getGaps),
                sum(rows, StreamEndRow::getClamped),
                sum(rows, StreamEndRow::getLateChunks),
                sum(rows, StreamEndRow::getCopies),
                rows.run().getLines(),
                rows.run().getUnparsed(),
                accounts,
                accounts.stream().filter(StreamAccount::isVcpu).toList());
    }

    private static List<StreamAccount> accounts(RunRows rows) {
        Map<StreamKey, Long> listed = new HashMap<>();
        for (RunStream stream : rows.run().getStreams()) {
            listed.put(new StreamKey("", stream.getVm(), stream.getVcpu()), stream.getEvents());
        }
        return rows.streams().stream()
                .map(end -> account(end, listed.getOrDefault(new StreamKey("", end.getVm(), end.getVcpu()), 0L)))
                .toList();
    }

    private static StreamAccount account(StreamEndRow end, long listed) {
        return new StreamAccount(
                end.getVm(),
                end.getVcpu(),
                listed,
                end.getEvents(),
                end.getEventsByKind().stream().mapToLong(Long::longValue).sum(),
                end.getEntries(),
                end.getExits(),
                end.getSamples(),
                end.getOpen(),
                end.getEntriesAlone(),
                end.getFromTime() == null ? 0 : end.getToTime() - end.getFromTime(),
                end.getGuestTime(),
                end.getHostTime(),
                end.getUnknownTime());
    }

    private static long sum(RunRows rows, ToLongFunction<StreamEndRow> counter) {
        return rows.streams().stream().mapToLong(counter).sum();
    }

    private static Map<EventKind, Long> byKind(List<StreamEndRow> streams) {
        Map<EventKind, Long> kinds = new EnumMap<>(EventKind.class);
        for (StreamEndRow stream : streams) {
            List<Long> counts = stream.getEventsByKind();
            for (int code = 0; code < counts.size(); code++) {
                if (counts.get(code) != 0) {
                    kinds.merge(EventKind.ofCode(code), counts.get(code), Long::sum);
                }
            }
        }
        return kinds;
    }
}
