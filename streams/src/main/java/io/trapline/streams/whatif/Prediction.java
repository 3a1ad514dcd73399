package io.trapline.streams.whatif;

import java.util.EnumSet;
import java.util.Set;

/**
 * What a strategy comes to.
 *
 * @param syncs exits that read IA32_XFD back
 * @param xfdWriteExits exits for writes of IA32_XFD
 * @param nmExits exits for #NM
 * @param xfdFaults of these, faults whose IA32_XFD_ERR is carried over to the next entry
 * @param eb01Compares nested exits that look at vmcs01's exception bitmap
 * @param doubts why bounds are not exact
 */
public record Prediction(
        Bounds syncs, Bounds xfdWriteExits, Bounds nmExits, Bounds xfdFaults, long eb01Compares, Set<Doubt> doubts) {
    public static final Prediction NONE =
            new Prediction(Bounds.ZERO, Bounds.ZERO, Bounds.ZERO, Bounds.ZERO, 0, Set.of());

    public Prediction {
        doubts = doubts.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(doubts));
    }

    public Prediction plus(Prediction other) {
        Set<Doubt> all = EnumSet.noneOf(Doubt.class);
        all.addAll(doubts);
        all.addAll(other.doubts);
        return new Prediction(
                syncs.plus(other.syncs),
                xfdWriteExits.plus(other.xfdWriteExits),
                nmExits.plus(other.nmExits),
                xfdFaults.plus(other.xfdFaults),
                eb01Compares + other.eb01Compares,
                all);
    }

    /** Whether every number is what would have been. */
    public boolean exact() {
        return syncs.exact()
                && xfdWriteExits.exact()
                && nmExits.exact()
                && xfdFaults.exact()
                && !doubts.contains(Doubt.LOST);
    }
}
