package io.trapline.app.diff;

import java.util.List;

/**
 * Where two runs of one vCPU part.
 *
 * @param way how they part
 * @param compared decisions of A up to there, or in all
 * @param kind the exit; null where the way names none
 * @param seqA number of A's event in its stream, -1 where A has none
 * @param seqB the same of B
 * @param decidedA what A decided, only what B decided otherwise
 * @param before decisions that the guests differed in before that, on either side
 */
record Divergence(
        String vm,
        int vcpu,
        Way way,
        long compared,
        ExitKind kind,
        long seqA,
        long seqB,
        List<String> decidedA,
        List<String> decidedB,
        long before) {
    enum Way {
        /** They do not, as far as they were compared. */
        NONE("same decisions"),
        /** The guests did the same in the same state, and the hypervisors did not. */
        DECISION("decided otherwise"),
        /** The same of an exit that comes by chance: not the same exit of both, but in the same state. */
        UNALIGNED("decided otherwise in the same state"),
        /** One intercepts what the other lets through. */
        INTERCEPTION("intercepted on one side only"),
        /** The guests did different things: what comes behind compares with nothing. */
        GUESTS("the guests did different things");

        private final String title;

        Way(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    Divergence {
        decidedA = List.copyOf(decidedA);
        decidedB = List.copyOf(decidedB);
    }

    /** Whether it is the hypervisor's. */
    boolean isOfHypervisor() {
        return way == Way.DECISION || way == Way.UNALIGNED || way == Way.INTERCEPTION;
    }
}
