package io.trapline.streams.whatif;

import java.util.EnumSet;
import java.util.Set;

/**
 * Whether a strategy keeps guest state (specification, 5.2, 5.3 and 5.6), and the losses that can end it.
 *
 * @param sound no state is lost, but for what the remark names
 * @param remark what it hangs on; empty where on nothing
 * @param losses what to look for in a recording
 */
public record Soundness(boolean sound, String remark, Set<Loss> losses) {
    public Soundness {
        losses = Set.copyOf(losses);
    }

    public static Soundness of(Strategy strategy) {
        Set<Loss> losses = EnumSet.noneOf(Loss.class);
        addOfSync(strategy, losses);
        addOfTrap(strategy, losses);
        boolean sound = losses.isEmpty() && !rearmsTooRarely(strategy);
        boolean staleBitmap = sound && rewritesLoadedBitmap(strategy) && !strategy.eb01Refreshed();
        if (staleBitmap) {
            losses.add(Loss.STALE_EB01);
        }
        return new Soundness(sound, sound ? remark(strategy, staleBitmap) : "", losses);
    }

    private static String remark(Strategy strategy, boolean staleBitmap) {
        if (staleBitmap) {
            return "except R28";
        }
        boolean closes = strategy.intercept() == InterceptRule.I4 || strategy.intercept() == InterceptRule.I5;
        return closes ? "if exception bitmap and MSR bitmap change together, in both VMCSs" : "";
    }

    /** The bitmap is rewritten where a write exits, and then only that of the loaded VMCS: L2's write forgets L1. */
    private static boolean rewritesLoadedBitmap(Strategy strategy) {
        boolean byFlag = strategy.trap() == TrapRule.T1 && strategy.intercept() == InterceptRule.I1;
        return byFlag || strategy.trap() == TrapRule.T2;
    }

    /** What is written without an exit must be read back, or saved guest state is filed under a wrong XFD. */
    private static void addOfSync(Strategy strategy, Set<Loss> losses) {
        boolean writesExit = strategy.intercept() == InterceptRule.I2;
        if (strategy.sync() == SyncRule.S6 && !writesExit) {
            losses.add(Loss.STALE_COPY);
        } else if (strategy.sync() == SyncRule.S4 && !writesExit) {
            losses.add(Loss.STALE_COPY_BY_SPEC_CTRL);
        }
    }

    /** What faults while XFD is armed must be trapped, or XFD_ERR is L0's no more. */
    private static void addOfTrap(Strategy strategy, Set<Loss> losses) {
        boolean writesExit = strategy.intercept() == InterceptRule.I2;
        switch (strategy.trap()) {
            case T1 -> addOfFlag(strategy.intercept(), losses);
            case T3 -> {
                if (!writesExit) {
                    losses.add(Loss.FAULT_ARMED_UNSEEN);
                }
            }
            case T4 -> {
                losses.add(Loss.FAULT_OF_L2_KEPT);
                addOfFlag(strategy.intercept(), losses);
            }
            case T6 -> losses.add(Loss.FAULT_UNTRAPPED);
            case T2, T5, T7 -> {}
        }
    }

    /** A trap that follows the flag is off while writes exit, and XFD can be armed then. */
    private static void addOfFlag(InterceptRule intercept, Set<Loss> losses) {
        switch (intercept) {
            case I2 -> losses.add(Loss.FAULT_UNTRAPPED);
            case I4 -> losses.add(Loss.FAULT_BEFORE_OPENING);
            case I5 -> losses.add(Loss.FAULT_WHILE_CLOSED);
            case I1, I3 -> {}
        }
    }

    /** T2 looks at XFD where a write exits; where they do not, another level's write switches it off for both. */
    private static boolean rearmsTooRarely(Strategy strategy) {
        return strategy.trap() == TrapRule.T2 && strategy.intercept() != InterceptRule.I2;
    }
}
