package io.trapline.streams.whatif;

import io.trapline.schemas.avro.WhatIfActs;
import io.trapline.schemas.avro.WhatIfLevel;
import io.trapline.streams.core.Level;
import java.util.Arrays;
import java.util.List;

/** Prices the acts of one vCPU under one strategy. */
final class Predictor {
    /** For a page that the delivery needs, and for a window that lets a waiting interrupt in. */
    private static final long DELIVERY_EXITS_MAX = 2;

    private final Strategy strategy;
    private final Recorded recorded;
    private final Rules rules;
    /** L1 could write XFD without an exit, and no ground truth shows whether it did. */
    private final boolean mayHide;

    private Bounds syncs = Bounds.ZERO;
    private Bounds xfdWriteExits = Bounds.ZERO;
    private Bounds nmExits = Bounds.ZERO;
    private Bounds xfdFaults = Bounds.ZERO;
    private long eb01Compares;
    /** Exits that the recorded kernel did not have, and that this strategy does not have, so far as they can be. */
    private long exitsMore;

    private long exitsLess;
    /** Those of them that inject an exception. */
    private long injectionsMore;

    private long injectionsLess;

    private Predictor(Strategy strategy, Recorded recorded, List<WhatIfLevel> all) {
        this.strategy = strategy;
        this.recorded = recorded;
        boolean filtered = !recorded.truth() && any(all, Act.XFD_ACCESS, Act.OPEN | Act.EXITED);
        rules = new Rules(
                strategy, recorded, filtered, all.stream().anyMatch(level -> levelOf(level.getLevel()) != Level.L1));
        mayHide = !recorded.truth() && any(all, Act.PLAIN, Act.OPEN);
    }

    private static boolean any(List<WhatIfLevel> levels, int kind, int bits) {
        return levels.stream()
                .flatMap(level -> level.getActs().stream())
                .anyMatch(acts -> Act.kind(acts.getAct()) == kind && (acts.getAct() & bits) == bits);
    }

    /** What one level of a vCPU comes to; {@code all} are the levels that it is one of. */
    static Prediction of(Strategy strategy, Recorded recorded, List<WhatIfLevel> all, WhatIfLevel one) {
        Predictor predictor = new Predictor(strategy, recorded, all);
        Level level = levelOf(one.getLevel());
        one.getActs().forEach(acts -> predictor.add(level, acts));
        if (level == Level.L1) {
            predictor.addUnseen();
        }
        return predictor.prediction();
    }

    private static Level levelOf(String title) {
        return Arrays.stream(Level.values())
                .filter(level -> level.title().equals(title))
                .findFirst()
                .orElse(Level.UNKNOWN);
    }

    private void add(Level level, WhatIfActs acts) {
        int act = acts.getAct();
        long count = acts.getCount();
        if (Act.has(act, Act.REFLECTED) && strategy.eb01Refreshed()) {
            eb01Compares += count;
        }
        switch (Act.kind(act)) {
            case Act.PLAIN -> addPlain(level, act, count);
            case Act.XFD_ACCESS -> addAccess(level, act, count);
            case Act.NM -> addNm(level, act, count);
            case Act.HIDDEN_WRITE -> addHidden(act, count);
            default -> throw new IllegalStateException("an act of no kind: " + act);
        }
    }

    private void addPlain(Level level, int act, long count) {
        addSyncs(rules.slow(act), level, act, count);
        if (Act.has(act, Act.XFD_WRITE)) {
            xfdWriteExits = xfdWriteExits.plus(Bounds.exactly(count));
        }
        if (Act.has(act, Act.MAY_BE_NM)) {
            rules.doubts().add(Doubt.EXCEPTION);
            nmExits = nmExits.plus(new Bounds(0, count));
            xfdFaults = xfdFaults.plus(new Bounds(0, count));
        }
    }

    private void addAccess(Level level, int act, long count) {
        Answer exits = rules.accessExits(act);
        addSyncs(exits, level, act, count);
        addChange(exits, act, count, Act.has(act, Act.REFUSED));
        if (Act.has(act, Act.XFD_WRITE)) {
            xfdWriteExits = xfdWriteExits.plus(Bounds.of(exits, count));
        }
    }

    private void addNm(Level level, int act, long count) {
        Answer exits = rules.trapped(level, act);
        addSyncs(exits, level, act, count);
        addChange(exits, act, count, true);
        nmExits = nmExits.plus(Bounds.of(exits, count));
        if (Act.has(act, Act.FAULT)) {
            xfdFaults = xfdFaults.plus(Bounds.of(exits, count));
        }
    }

    private void addSyncs(Answer exits, Level level, int act, long count) {
        if (exits != Answer.NO) {
            syncs = syncs.plus(Bounds.of(exits.and(rules.syncs(level, act)), count));
        }
    }

    private void addChange(Answer exits, int act, long count, boolean injects) {
        if (exits != Answer.NO && !Act.has(act, Act.EXITED)) {
            exitsMore += count;
            injectionsMore += injects ? count : 0;
        } else if (exits != Answer.YES && Act.has(act, Act.EXITED)) {
            exitsLess += count;
            injectionsLess += injects ? count : 0;
        }
    }

    /** At least one write, which exits where it is the one that ends the interception, or where none does. */
    private void addHidden(int act, long count) {
        boolean exits = switch (strategy.intercept()) {
            case I1, I3 -> false;
            case I2 -> true;
            case I4 -> Act.has(act, Act.OPEN_I4);
            case I5 -> Act.has(act, Act.OPEN_I5);
        };
        if (exits) {
            xfdWriteExits = xfdWriteExits.plus(Bounds.exactly(count));
        }
    }

    /** What would have been an exit and was none, so that nothing says how often. */
    private void addUnseen() {
        boolean intercepts = strategy.intercept() != InterceptRule.I1 && strategy.intercept() != InterceptRule.I3;
        if (mayHide && intercepts) {
            rules.doubts().add(Doubt.HIDDEN_WRITES);
            xfdWriteExits = xfdWriteExits.plus(Bounds.atLeast(0));
            boolean theySync = strategy.sync() == SyncRule.S4 || strategy.sync() == SyncRule.S5;
            syncs = theySync ? syncs.plus(Bounds.atLeast(0)) : syncs;
        }
        if (!recorded.truth() && !recorded.svm()) {
            addUntrapped();
        }
    }

    /** #NM that the recorded kernel did not trap, and this strategy does. */
    private void addUntrapped() {
        boolean beforeTheFlag = strategy.trap() == TrapRule.T5
                || strategy.trap() != TrapRule.T6 && strategy.intercept() == InterceptRule.I3;
        if (beforeTheFlag) {
            rules.doubts().add(Doubt.XCR0);
        } else if (strategy.eb01Refreshed() && recorded.openedInL2()) {
            rules.doubts().add(Doubt.STALE_EB01);
        } else {
            return;
        }
        nmExits = nmExits.plus(Bounds.atLeast(0));
        syncs = strategy.sync() == SyncRule.S6 ? syncs : syncs.plus(Bounds.atLeast(0));
    }

    /** An exit more or less can bring others with it, or spare them. */
    private void widen() {
        if (injectionsMore + injectionsLess > 0) {
            rules.doubts().add(Doubt.DELIVERY);
            syncs = syncs.widened(DELIVERY_EXITS_MAX * injectionsLess, DELIVERY_EXITS_MAX * injectionsMore);
        }
        if (!recorded.alone() && exitsMore + exitsLess > 0) {
            rules.doubts().add(Doubt.NEIGHBOURS);
            syncs = syncs.widened(exitsMore, exitsLess);
        }
    }

    private Prediction prediction() {
        if (!syncs.equals(Bounds.ZERO)) {
            widen();
        }
        if (recorded.lossy()) {
            rules.doubts().add(Doubt.LOST);
        }
        return new Prediction(syncs, xfdWriteExits, nmExits, xfdFaults, eb01Compares, rules.doubts());
    }
}
