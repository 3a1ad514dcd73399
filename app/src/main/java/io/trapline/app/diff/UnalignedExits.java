package io.trapline.app.diff;

import io.trapline.app.diff.Divergence.Way;
import io.trapline.streams.core.Turn;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Exits of one vCPU that come by chance, so that none of them belongs to one of another run. But what KVM must do about XFD
 * in each follows from the vCPU's state alone (R15, R16): what one run does in a state, and the other never, is decided
 * otherwise, wherever it stands.
 */
final class UnalignedExits {
    private static final int STATES_MAX = 4_096;
    /** An aspect of an exit in a state that decides about it. */
    private record State(ExitKind kind, int path, Aspect aspect, long armed, long pending)
            implements Comparable<State> {
        private static final Comparator<State> ORDER = Comparator.comparing(State::kind)
                .thenComparingInt(State::path)
                .thenComparing(State::aspect)
                .thenComparingLong(State::armed)
                .thenComparingLong(State::pending);

        @Override
        public int compareTo(State other) {
            return ORDER.compare(this, other);
        }
    }

    /** How it was decided in a state, and where first. */
    private record Decided(String said, long seq) {}

    /** A decision that only one run ever takes, in that run; {@code own} says which. */
    private record Found(Divergence divergence, boolean own) {
        private long seq() {
            return own ? divergence.seqA() : divergence.seqB();
        }

        private boolean isBefore(Divergence aligned) {
            return seq() < (own ? aligned.seqA() : aligned.seqB());
        }
    }

    /** Of each state how it was decided, and where first. */
    private final SortedMap<State, SortedMap<String, Long>> states = new TreeMap<>();

    void add(ExitKind kind, Turn turn, long outcome) {
        if (turn.nowiAtExit() && turn.windowVisible()) {
            add(new State(kind, turn.path().ordinal(), Aspect.SYNC, 1, 0), turn, outcome);
        }
        if (turn.xfdErrAtExitKnown() && turn.windowVisible()) {
            add(new State(kind, turn.path().ordinal(), Aspect.CLEAR, 0, turn.xfdErrAtExit()), turn, outcome);
        }
    }

    private void add(State state, Turn turn, long outcome) {
        SortedMap<String, Long> decided = states.get(state);
        if (decided == null && states.size() < STATES_MAX) {
            decided = new TreeMap<>();
            states.put(state, decided);
        }
        if (decided != null) {
            decided.putIfAbsent(state.aspect().said(outcome), turn.seq());
        }
    }

    /** The first exit of either run in which it does what the other never does, if it comes before what is known. */
    Optional<Divergence> firstBefore(Divergence aligned, UnalignedExits other, List<Aspect> aspects) {
        return states.keySet().stream()
                .filter(state -> aspects.contains(state.aspect()) && other.states.containsKey(state))
                .flatMap(state -> found(aligned, state, other))
                .filter(found -> !aligned.isOfHypervisor() || found.isBefore(aligned))
                .min(Comparator.comparingLong(Found::seq))
                .map(Found::divergence);
    }

    private Stream<Found> found(Divergence aligned, State state, UnalignedExits other) {
        SortedMap<String, Long> ofA = states.get(state);
        SortedMap<String, Long> ofB = other.states.get(state);
        return Stream.concat(
                onlyThere(ofA, ofB).map(inB -> new Found(divergence(aligned, state, first(ofA), inB), false)),
                onlyThere(ofB, ofA).map(inA -> new Found(divergence(aligned, state, inA, first(ofB)), true)));
    }

    private static Stream<Decided> onlyThere(SortedMap<String, Long> here, SortedMap<String, Long> there) {
        return there.entrySet().stream()
                .filter(decided -> !here.containsKey(decided.getKey()))
                .map(decided -> new Decided(decided.getKey(), decided.getValue()));
    }

    private static Decided first(SortedMap<String, Long> decisions) {
        return decisions.entrySet().stream()
                .min(Map.Entry.comparingByValue())
                .map(decided -> new Decided(decided.getKey(), decided.getValue()))
                .orElseThrow();
    }

    private static Divergence divergence(Divergence aligned, State state, Decided a, Decided b) {
        return new Divergence(
                aligned.vm(),
                aligned.vcpu(),
                Way.UNALIGNED,
                aligned.compared(),
                state.kind(),
                a.seq(),
                b.seq(),
                List.of(a.said()),
                List.of(b.said()),
                aligned.before());
    }
}
