package io.trapline.app.diff;

import io.trapline.app.diff.RunWatch.Place;
import io.trapline.app.diff.RunWatch.Vcpu;
import io.trapline.app.report.RunClock;
import io.trapline.app.report.RunReading;
import io.trapline.app.report.SummaryDocument;
import io.trapline.app.run.RunDocument;
import io.trapline.app.run.RunEvents;
import io.trapline.producer.source.UnreadableInput;
import io.trapline.schemas.avro.SummaryRow;
import io.trapline.streams.cost.CostStats;
import io.trapline.streams.profile.AnalysisInputs;
import io.trapline.streams.totals.Analysis;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One side of a comparison.
 *
 * @param recorded titles of the families that were recorded
 * @param samples exits by kind; empty where the run's clock measures no time
 * @param guestNanos what each vCPU ran in the guest; all of them under the empty name
 */
record MeasuredRun(
        SummaryDocument document,
        Set<String> recorded,
        double nanosPerUnit,
        SortedMap<ExitKind, ExitSample> samples,
        Map<String, Double> guestNanos,
        SortedMap<Place, DecisionLog> decisions) {
    private static final String ALL = "";
    private static final double NANOS_PER_SECOND = 1e9;

    /** Reads a run; {@code perVcpu} keeps the exits of vCPUs apart. */
    static MeasuredRun of(RunEvents events, AnalysisInputs inputs, boolean perVcpu, Map<Place, Long> decisionsFrom)
            throws UnreadableInput {
        RunWatch watch = new RunWatch(decisionsFrom);
        Analysis fold = new Analysis(inputs, watch);
        List<SummaryRow> rows = fold.finish(events.read(fold::accept));
        SummaryDocument document = RunDocument.of(rows);
        SortedMap<Place, DecisionLog> decisions = new TreeMap<>();
        watch.vcpus().forEach((place, vcpu) -> decisions.put(place, vcpu.decisions()));
        RunClock clock = document.run().clock();
        double nanosPerUnit = nanosPerUnit(clock);
        return new MeasuredRun(
                document,
                RunReading.familiesRecorded(rows),
                nanosPerUnit,
                clock.measuresNanos() ? samples(watch, nanosPerUnit, perVcpu) : new TreeMap<>(),
                guestNanos(watch, nanosPerUnit),
                decisions);
    }

    private static double nanosPerUnit(RunClock clock) {
        return switch (clock.unit()) {
            case NS, NONE, UNKNOWN -> 1;
            case US -> 1_000;
            case TSC -> clock.hz() > 0 ? NANOS_PER_SECOND / clock.hz() : 1;
        };
    }

    private static Map<String, Double> guestNanos(RunWatch watch, double nanosPerUnit) {
        Map<String, Double> times = new HashMap<>();
        watch.vcpus().forEach((place, vcpu) -> {
            times.put(place.toString(), vcpu.guestTime() * nanosPerUnit);
            times.merge(ALL, vcpu.guestTime() * nanosPerUnit, Double::sum);
        });
        return times;
    }

    private static SortedMap<ExitKind, ExitSample> samples(RunWatch watch, double nanosPerUnit, boolean perVcpu) {
        Map<ExitKind, List<MeasuredBlock>> blocks = new HashMap<>();
        Map<ExitKind, CostStats> times = new HashMap<>();
        int number = 0;
        for (Map.Entry<Place, Vcpu> one : watch.vcpus().entrySet()) {
            int vcpu = number++;
            String place = perVcpu ? one.getKey().toString() : ALL;
            one.getValue().exits().forEach((counted, exits) -> {
                ExitKind kind = counted.at(place);
                for (ExitBlocks.Block block : exits.finish(one.getValue().guestTime())) {
                    blocks.computeIfAbsent(kind, each -> new ArrayList<>())
                            .add(MeasuredBlock.of(vcpu, block, nanosPerUnit));
                    times.computeIfAbsent(kind, each -> new CostStats()).merge(block.time);
                }
            });
        }
        Map<String, Double> guestNanos = guestNanos(watch, nanosPerUnit);
        SortedMap<ExitKind, ExitSample> samples = new TreeMap<>();
        times.forEach((kind, time) ->
                samples.put(kind, new ExitSample(blocks.get(kind), time, nanosPerUnit, guestNanos.get(kind.place()))));
        return samples;
    }

    boolean measuresTime() {
        return document.run().clock().measuresNanos();
    }

    /** What ran in the guest, of a vCPU or (empty) of all. */
    double guestNanos(String place) {
        return guestNanos.getOrDefault(place, 0.0);
    }

    /** The names of its VMs, in their order. */
    SortedSet<String> vms() {
        SortedSet<String> vms = new TreeSet<>();
        decisions.keySet().forEach(place -> vms.add(place.vm()));
        return vms;
    }

    /** The same run with other names for its VMs. */
    MeasuredRun renamed(Map<String, String> vms) {
        SortedMap<Place, DecisionLog> decided = new TreeMap<>();
        Map<String, String> places = new HashMap<>();
        decisions.forEach((place, log) -> {
            Place other = new Place(vms.getOrDefault(place.vm(), place.vm()), place.vcpu());
            decided.put(other, log);
            places.put(place.toString(), other.toString());
        });
        SortedMap<ExitKind, ExitSample> sampled = new TreeMap<>();
        samples.forEach(
                (kind, sample) -> sampled.put(kind.at(places.getOrDefault(kind.place(), kind.place())), sample));
        Map<String, Double> times = new HashMap<>();
        guestNanos.forEach((place, time) -> times.put(places.getOrDefault(place, place), time));
        return new MeasuredRun(document, recorded, nanosPerUnit, sampled, times, decided);
    }
}
