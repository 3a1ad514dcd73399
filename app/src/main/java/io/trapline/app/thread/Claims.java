package io.trapline.app.thread;

import io.trapline.app.report.StrategyFigures;
import java.util.List;
import java.util.Map;

/** The claims of the thread, each decided by figures. */
final class Claims {
    /** What "rare" is: less than one exit in a hundred. */
    private static final double RARE = 0.01;

    private static final String T4 = "S1/T4/I1";
    private static final double PERCENT = 100;

    private final Map<GuestKind, Measured> measured;

    Claims(Map<GuestKind, Measured> measured) {
        this.measured = measured;
    }

    private Measured of(GuestKind kind) {
        return measured.get(kind);
    }

    List<Claim> all() {
        return List.of(onePerExit(), noWorse(), saved(), rare(), missed());
    }

    private Claim onePerExit() {
        Measured nested = of(GuestKind.L2_AMX);
        long exits = nested.exits(Measured.L2);
        long syncs = nested.syncs(Measured.S1, Measured.L2);
        return new Claim(
                "the flag penalises a nested guest with one XFD sync per exit",
                syncs > 0 && syncs <= exits && nested.syncsPerExit(Measured.L2) > 1 - RARE,
                String.format("%,d syncs in %,d exits of L2", syncs, exits));
    }

    private Claim noWorse() {
        double nested = of(GuestKind.L2_AMX).syncsPerExit(Measured.L2);
        double plain = of(GuestKind.INITIALISES).syncsPerExit(Measured.L1);
        return new Claim(
                "it is not worse than a guest that initialises XFD and never runs AMX",
                nested <= plain * (1 + RARE),
                String.format(
                        "%.3f syncs per exit of L2, %.3f per exit of that guest once it has initialised XFD",
                        nested, plain));
    }

    private Claim saved() {
        Measured nested = of(GuestKind.L2_AMX);
        long before = nested.syncs(Measured.S1, Measured.L2);
        StrategyFigures after = nested.at(Measured.S2, Measured.L2).orElseThrow();
        return new Claim(
                "a check of the bitmap instead of the flag would spare L2 the sync",
                before > 0 && after.syncs().exact() && after.syncs().lo() == 0 && after.loss() == null,
                String.format(
                        "%,d syncs in L2 by the flag, %,d by the bitmap, no state lost",
                        before, after.syncs().lo()));
    }

    private Claim rare() {
        Measured idle = of(GuestKind.L2_IDLE);
        long nm = idle.nmExits(Measured.L2);
        long exits = idle.exits(Measured.L2);
        return new Claim(
                "#NM is rare where the nested guest does not run AMX",
                exits > 0 && nm < RARE * exits,
                String.format(
                        "%,d #NM in %,d exits of L2 (%.2f %%)", nm, exits, exits == 0 ? 0 : PERCENT * nm / exits));
    }

    private Claim missed() {
        StrategyFigures untrapped = of(GuestKind.L2_UNTRAPPED).run(T4);
        StrategyFigures trapped = of(GuestKind.L2_UNTRAPPED).run(Measured.S1);
        boolean lost = untrapped.loss() != null && untrapped.loss().getLevel().equals(Measured.L2);
        return new Claim(
                "an L2 exit that goes back to L2 must trap #NM, or it misses an XFD_ERR update",
                lost && trapped.loss() == null,
                lost
                        ? "without the trap (" + T4 + ") the first is lost at event "
                                + untrapped.loss().getSeq() + "; with it none of "
                                + trapped.xfdFaults().lo()
                        : "no loss was found");
    }
}
