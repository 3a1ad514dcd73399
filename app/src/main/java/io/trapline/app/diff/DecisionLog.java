package io.trapline.app.diff;

import io.trapline.streams.core.Turn;
import io.trapline.streams.core.VcpuState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The decisions of one vCPU in their order: what the guest did, in which state, and what the hypervisor made of it. Keeps
 * a window of them, and digests of all up to every so many, by which two runs find where they part without being kept.
 */
final class DecisionLog {
    static final int WINDOW = 32_768;
    /** Decisions between two digests. */
    static final int STRIDE = 8_192;

    private static final int KINDS_MAX = 4_096;
    private static final long PRIME = 0x100_0000_01b3L;
    private static final long BASIS = 0xcbf2_9ce4_8422_2325L;
    private static final int SHIFT = 29;

    private final UnalignedExits unaligned = new UnalignedExits();
    private final long from;
    private long seen;
    private long digest = BASIS;
    private final List<Long> digests = new ArrayList<>();
    private int size;
    private long[] causes = new long[64];
    private long[] decided = new long[64];
    private long[] seqs = new long[64];
    private long[] written = new long[64];
    private int[] kinds = new int[64];
    private final List<ExitKind> named = new ArrayList<>();
    private final Map<ExitKind, Integer> numbers = new HashMap<>();

    /** Keeps decisions from this number on. */
    DecisionLog(long from) {
        this.from = from;
    }

    void add(ExitKind kind, VcpuState state, Turn turn) {
        if (turn.doubtful()) {
            // What a missing record would say is open: such an exit shows no decision.
            return;
        }
        if (Asynchronous.is(turn)) {
            unaligned.add(kind, turn, Aspect.of(turn, state));
            return;
        }
        long cause = causeOf(kind, state, turn);
        long outcome = Aspect.of(turn, state);
        if (seen >= from && size < WINDOW) {
            keep(kind, cause, outcome, turn.seq());
            written[size - 1] = written(state, turn);
        }
        digest = mixed(mixed(digest, cause), outcome);
        if (++seen % STRIDE == 0) {
            digests.add(digest);
        }
    }

    /** The exit, and all that the rules of XFD look at: only where both runs agree in it do they decide the same question. */
    private static long causeOf(ExitKind kind, VcpuState state, Turn turn) {
        long cause = BASIS;
        String name = kind.level() + '|' + kind.isa() + '|' + kind.reason() + '|' + kind.detail();
        for (int at = 0; at < name.length(); at++) {
            cause = (cause ^ name.charAt(at)) * PRIME;
        }
        cause = mixed(cause, turn.nowiAtExit() ? 1 : 0);
        cause = mixed(cause, turn.xfdAtExitKnown() ? turn.xfdAtExit() + 1 : 0);
        cause = mixed(cause, turn.xfdErrAtExitKnown() ? turn.xfdErrAtExit() + 1 : 0);
        return mixed(cause, state.msrAccess().ofXfd() ? written(state, turn) : 0);
    }

    /** What the guest wrote to an MSR, by which KVM may refuse it; 0 where it wrote none. */
    private static long written(VcpuState state, Turn turn) {
        boolean writes = turn.msrAccesses() == 1 && state.msrAccess().write();
        return writes ? state.msrAccess().data() + 1 : 0;
    }

    private static long mixed(long before, long value) {
        long mixed = (before ^ value) * PRIME;
        return mixed ^ mixed >>> SHIFT;
    }

    private void keep(ExitKind kind, long cause, long outcome, long seq) {
        if (size == causes.length) {
            int more = size * 2;
            causes = Arrays.copyOf(causes, more);
            decided = Arrays.copyOf(decided, more);
            seqs = Arrays.copyOf(seqs, more);
            written = Arrays.copyOf(written, more);
            kinds = Arrays.copyOf(kinds, more);
        }
        causes[size] = cause;
        decided[size] = outcome;
        seqs[size] = seq;
        kinds[size++] = numberOf(kind);
    }

    private int numberOf(ExitKind kind) {
        Integer number = numbers.get(kind);
        if (number == null) {
            ExitKind known = numbers.size() < KINDS_MAX ? kind : kind.other();
            number = numbers.computeIfAbsent(known, each -> {
                named.add(each);
                return named.size() - 1;
            });
        }
        return number;
    }

    /** Exits that come by chance. */
    UnalignedExits unaligned() {
        return unaligned;
    }

    /** Decisions of the whole run. */
    long seen() {
        return seen;
    }

    /** Number of the first one that is kept. */
    long from() {
        return from;
    }

    /** How many are kept. */
    int size() {
        return size;
    }

    long cause(int place) {
        return causes[place];
    }

    long decided(int place) {
        return decided[place];
    }

    /** Number of the exit's event in its stream. */
    long seq(int place) {
        return seqs[place];
    }

    /** What the guest wrote to an MSR there; of another exit the same for all. */
    long written(int place) {
        return written[place];
    }

    ExitKind kind(int place) {
        return named.get(kinds[place]);
    }

    /** The number of decisions up to which both runs are known to agree by their digests. */
    long agreesUpTo(DecisionLog other) {
        int equal = 0;
        while (equal < Math.min(digests.size(), other.digests.size())
                && digests.get(equal).equals(other.digests.get(equal))) {
            equal++;
        }
        return (long) equal * STRIDE;
    }
}
