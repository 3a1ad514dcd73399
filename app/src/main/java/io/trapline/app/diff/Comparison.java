package io.trapline.app.diff;

import io.trapline.app.diff.RunWatch.Place;
import io.trapline.app.run.RunEvents;
import io.trapline.producer.source.UnreadableInput;
import io.trapline.schemas.avro.EvidenceLine;
import io.trapline.streams.profile.AnalysisInputs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All that differs between two runs.
 *
 * @param exits of all kinds, those that weigh most first; empty where a run's clock measures no time
 * @param divergences of each vCPU that both runs have, in their order
 */
public record Comparison(
        MeasuredRun a,
        MeasuredRun b,
        List<ExitChange> exits,
        JudgementChanges judgements,
        List<ShownDivergence> divergences) {

    /** Fewer kinds do not tell a slower machine from a change of KVM. */
    private static final int COMMON_KINDS_MIN = 8;

    /** A divergence with the records that show it, of either side; empty where a side has none. */
    record ShownDivergence(Divergence divergence, List<EvidenceLine> linesA, List<EvidenceLine> linesB) {}

    public Comparison {
        exits = List.copyOf(exits);
        divergences = List.copyOf(divergences);
    }

    /** Of two runs that can be read again and again; {@code perVcpu} keeps the exits of vCPUs apart. */
    public static Comparison of(RunEvents eventsA, RunEvents eventsB, AnalysisInputs inputs, boolean perVcpu)
            throws UnreadableInput {
        MeasuredRun a = MeasuredRun.of(eventsA, inputs, perVcpu, Map.of());
        MeasuredRun own = MeasuredRun.of(eventsB, inputs, perVcpu, Map.of());
        VmNames names = new VmNames(a, own);
        MeasuredRun b = names.asInA(own);
        List<Divergence> divergences = divergences(a, b);
        Map<Place, Long> later = later(a, b, divergences);
        if (!later.isEmpty()) {
            // They agree for longer than is kept: once more, with what lies behind.
            Map<Place, Long> laterInB = new HashMap<>();
            later.forEach((place, from) -> laterInB.put(names.inB(place), from));
            divergences = divergences(
                    MeasuredRun.of(eventsA, inputs, perVcpu, later),
                    names.asInA(MeasuredRun.of(eventsB, inputs, perVcpu, laterInB)));
        }
        return new Comparison(
                a,
                b,
                a.measuresTime() && b.measuresTime() ? ExitChanges.between(a, b) : List.of(),
                JudgementChanges.between(a.document(), b.document()),
                shown(divergences, names, eventsA, eventsB));
    }

    private static List<Divergence> divergences(MeasuredRun a, MeasuredRun b) {
        List<Aspect> aspects = Arrays.stream(Aspect.values())
                .filter(aspect -> a.recorded().contains(aspect.needs().title()))
                .filter(aspect -> b.recorded().contains(aspect.needs().title()))
                .toList();
        List<Divergence> found = new ArrayList<>();
        a.decisions().forEach((place, ofA) -> {
            DecisionLog ofB = b.decisions().get(place);
            if (ofB != null) {
                found.add(Alignment.of(place.vm(), place.vcpu(), ofA, ofB, aspects));
            }
        });
        return found;
    }

    /** Where to look again, of the vCPUs that agree in all that was kept, and have more. */
    private static Map<Place, Long> later(MeasuredRun a, MeasuredRun b, List<Divergence> divergences) {
        Map<Place, Long> later = new HashMap<>();
        for (Divergence divergence : divergences) {
            Place place = new Place(divergence.vm(), divergence.vcpu());
            long agreed = a.decisions().get(place).agreesUpTo(b.decisions().get(place));
            if (divergence.way() == Divergence.Way.NONE && agreed >= DecisionLog.WINDOW) {
                later.put(place, agreed);
            }
        }
        return later;
    }

    private static List<ShownDivergence> shown(
            List<Divergence> found, VmNames names, RunEvents eventsA, RunEvents eventsB) throws UnreadableInput {
        TurnRecords ofA = new TurnRecords();
        TurnRecords ofB = new TurnRecords();
        for (Divergence divergence : found) {
            ofA.want(divergence.vm(), divergence.vcpu(), divergence.seqA());
            ofB.want(names.inB(divergence.vm()), divergence.vcpu(), divergence.seqB());
        }
        ofA.read(eventsA);
        ofB.read(eventsB);
        return found.stream()
                .map(each -> new ShownDivergence(
                        each,
                        ofA.of(each.vm(), each.vcpu(), each.seqA()),
                        ofB.of(names.inB(each.vm()), each.vcpu(), each.seqB())))
                .toList();
    }

    /** Exits beyond noise, those for the worse or the others. */
    List<ExitChange> changed(boolean regressions) {
        return exits.stream()
                .filter(change -> !change.changes().isEmpty() && change.isRegression() == regressions)
                .toList();
    }

    /**
     * By how many percent the costs of most kinds moved: half of those compared moved as far or further, as on a slower machine;
     * null where they are too few to tell.
     */
    Double commonPercent() {
        double[] percents = exits.stream()
                .filter(change -> change.cost() != null)
                .mapToDouble(change -> change.cost().effect().percent())
                .sorted()
                .toArray();
        return percents.length < COMMON_KINDS_MIN ? null : percents[percents.length / 2];
    }

    /** The first thing that the hypervisors did differently, vCPU by vCPU; where there is none, the list is empty. */
    List<ShownDivergence> ofHypervisor() {
        return divergences.stream()
                .filter(shown -> shown.divergence().isOfHypervisor())
                .toList();
    }
}
