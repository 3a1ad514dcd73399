package io.trapline.app.diff;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import io.trapline.app.diff.Divergence.Way;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Lays the decisions of two runs beside each other, by what the guests did. Step by step while both do the same; where
 * they do not, the shortest edit of the next ones of both says what belongs together, and the alignment goes on behind it.
 */
final class Alignment {
    /** Decisions of each side that are edited into each other at once. */
    private static final int SPAN = 256;
    /** With fewer that belong together, the guests do different things. */
    private static final double MATCHED_MIN = 0.5;
    /** So often one side must intercept what the other never does. */
    private static final int INTERCEPTIONS_MIN = 8;

    private final String vm;
    private final int vcpu;
    private final DecisionLog a;
    private final DecisionLog b;
    private final List<Aspect> aspects;
    private final Occurrences ofA;
    private final Occurrences ofB;
    private int atA;
    private int atB;
    private long edits;
    private int firstEditA = -1;
    private int firstEditB = -1;

    private Alignment(String vm, int vcpu, DecisionLog a, DecisionLog b, List<Aspect> aspects) {
        this.vm = vm;
        this.vcpu = vcpu;
        this.a = a;
        this.b = b;
        this.aspects = aspects;
        ofA = new Occurrences(a);
        ofB = new Occurrences(b);
    }

    /** Where the logs of one vCPU part; only these aspects were recorded in both runs. */
    static Divergence of(String vm, int vcpu, DecisionLog a, DecisionLog b, List<Aspect> aspects) {
        Divergence aligned = new Alignment(vm, vcpu, a, b, aspects).first();
        return a.unaligned().firstBefore(aligned, b.unaligned(), aspects).orElse(aligned);
    }

    /** How often what is decided at a place of a log comes again in it, and where it comes last. */
    private static final class Occurrences {
        private final int size;
        private final int[] left;
        private final Map<ExitKind, Integer> last = new HashMap<>();

        private Occurrences(DecisionLog log) {
            size = log.size();
            left = new int[size];
            Map<ExitKind, Integer> counts = new HashMap<>();
            for (int place = size - 1; place >= 0; place--) {
                left[place] = counts.merge(log.kind(place), 1, Integer::sum);
                last.putIfAbsent(log.kind(place), place);
            }
        }

        /** Whether it never comes from this place on. */
        private boolean lacks(ExitKind kind, int from) {
            return last.getOrDefault(kind, -1) < from;
        }

        /** How often it would come in as many decisions as the other has left from its place on. */
        private double expected(int place, Occurrences other, int otherPlace) {
            return (double) left[place] * Math.min(other.size - otherPlace, size - place) / (size - place);
        }
    }

    private Divergence first() {
        while (atA < a.size() && atB < b.size()) {
            if (a.cause(atA) != b.cause(atB)) {
                Divergence found = edit();
                if (found != null) {
                    return found;
                }
            } else if (isDecidedOtherwise(atA, atB)) {
                return decision(atA, atB);
            } else {
                atA++;
                atB++;
            }
        }
        return edits == 0 ? end(Way.NONE) : end(Way.GUESTS);
    }

    private boolean isDecidedOtherwise(int inA, int inB) {
        return aspects.stream().anyMatch(aspect -> isDecidedOtherwise(aspect, inA, inB));
    }

    /** Whether a write is refused depends on what is written: two values are two questions. */
    private boolean isDecidedOtherwise(Aspect aspect, int inA, int inB) {
        boolean sameQuestion = !aspect.isByValue() || a.written(inA) == b.written(inB);
        return sameQuestion && !aspect.agrees(a.decided(inA), b.decided(inB));
    }

    /** The next ones of both sides; goes on in the middle of them, as at their end the edit knows too little. */
    private Divergence edit() {
        List<Long> nextA = causes(a, atA);
        List<Long> nextB = causes(b, atB);
        int[] partner = partners(nextA, nextB);
        long matched = IntStream.of(partner).filter(place -> place >= 0).count();
        boolean lost = matched < Math.min(nextA.size(), nextB.size()) * MATCHED_MIN;
        boolean last = nextA.size() < SPAN || nextB.size() < SPAN;
        int limit = last ? nextA.size() : nextA.size() / 2;
        int behindB = 0;
        for (int place = 0; place < limit; place++) {
            if (partner[place] < 0) {
                Divergence only = onlyInA(atA + place, atB + behindB);
                if (only != null) {
                    return only;
                }
                continue;
            }
            for (; behindB < partner[place]; behindB++) {
                Divergence only = onlyInB(atA + place, atB + behindB);
                if (only != null) {
                    return only;
                }
            }
            behindB++;
            if (!lost && isDecidedOtherwise(atA + place, atB + partner[place])) {
                return decision(atA + place, atB + partner[place]);
            }
        }
        if (lost) {
            return end(Way.GUESTS);
        }
        atA += limit;
        atB = last ? b.size() : atB + behindB;
        return null;
    }

    private static List<Long> causes(DecisionLog log, int from) {
        int end = Math.min(from + SPAN, log.size());
        return IntStream.range(from, end).mapToObj(log::cause).toList();
    }

    /** Of each of A's the one of B's that it belongs to, or -1. */
    private static int[] partners(List<Long> nextA, List<Long> nextB) {
        int[] partner = new int[nextA.size()];
        int inA = 0;
        int inB = 0;
        for (AbstractDelta<Long> delta : DiffUtils.diff(nextA, nextB).getDeltas()) {
            while (inA < delta.getSource().getPosition()) {
                partner[inA++] = inB++;
            }
            for (int gone = 0; gone < delta.getSource().size(); gone++) {
                partner[inA++] = -1;
            }
            inB += delta.getTarget().size();
        }
        while (inA < partner.length) {
            partner[inA++] = inB++;
        }
        return partner;
    }

    /** A decision that B, which stands at {@code inB}, does not have. */
    private Divergence onlyInA(int inA, int inB) {
        ExitKind kind = a.kind(inA);
        boolean throughout = ofB.lacks(kind, inB) && ofA.expected(inA, ofB, inB) >= INTERCEPTIONS_MIN;
        return throughout && Interceptable.is(kind)
                ? interception(kind, inA, a.seq(inA), -1, ofA.left[inA], 0)
                : edited(inA, -1);
    }

    private Divergence onlyInB(int inA, int inB) {
        ExitKind kind = b.kind(inB);
        boolean throughout = ofA.lacks(kind, inA) && ofB.expected(inB, ofA, inA) >= INTERCEPTIONS_MIN;
        return throughout && Interceptable.is(kind)
                ? interception(kind, inA, -1, b.seq(inB), 0, ofB.left[inB])
                : edited(-1, inB);
    }

    private Divergence edited(int inA, int inB) {
        if (edits++ == 0) {
            firstEditA = inA;
            firstEditB = inB;
        }
        return null;
    }

    private Divergence decision(int inA, int inB) {
        List<String> saidA = new ArrayList<>();
        List<String> saidB = new ArrayList<>();
        for (Aspect aspect : aspects) {
            if (isDecidedOtherwise(aspect, inA, inB)) {
                saidA.add(aspect.said(a.decided(inA)));
                saidB.add(aspect.said(b.decided(inB)));
            }
        }
        return new Divergence(
                vm, vcpu, Way.DECISION, a.from() + inA, a.kind(inA), a.seq(inA), b.seq(inB), saidA, saidB, edits);
    }

    private Divergence interception(ExitKind kind, int inA, long seqA, long seqB, int leftInA, int leftInB) {
        return new Divergence(
                vm,
                vcpu,
                Way.INTERCEPTION,
                a.from() + inA,
                kind,
                seqA,
                seqB,
                List.of(leftInA + " such exits from here on"),
                List.of(leftInB + " such exits from here on"),
                edits);
    }

    /** Without a decision that differs: at the first thing that only one guest did, if there is one. */
    private Divergence end(Way way) {
        ExitKind kind = firstEditA >= 0 ? a.kind(firstEditA) : firstEditB >= 0 ? b.kind(firstEditB) : null;
        return new Divergence(
                vm,
                vcpu,
                way,
                a.from() + atA,
                kind,
                firstEditA < 0 ? -1 : a.seq(firstEditA),
                firstEditB < 0 ? -1 : b.seq(firstEditB),
                List.of(),
                List.of(),
                edits);
    }
}
