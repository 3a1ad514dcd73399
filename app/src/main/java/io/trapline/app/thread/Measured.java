package io.trapline.app.thread;

import io.trapline.app.report.CycleCosts;
import io.trapline.app.report.StrategyFigures;
import io.trapline.app.report.SummaryDocument;
import io.trapline.app.report.WhatIf;
import io.trapline.app.run.LoopAnalysis;
import io.trapline.app.run.PricedRun;
import io.trapline.app.run.RunDocument;
import io.trapline.producer.emulator.Emulator;
import io.trapline.schemas.avro.SummaryRow;
import io.trapline.streams.totals.Analysis;
import io.trapline.streams.whatif.Strategy;
import java.util.List;
import java.util.Optional;

/** One guest that was run under the kernel as it is, and what its strategies come to. */
record Measured(GuestKind kind, SummaryDocument document, WhatIf whatIf) {
    static final String S1 = Strategy.MERGED.toString();
    static final String S2 = "S2/T1/I1";
    private static final String S5 = "S5/T1/I1";
    static final String L1 = "L1";
    static final String L2 = "L2";

    static Measured of(GuestKind kind, long seed, CycleCosts costs) {
        List<SummaryRow> rows = new LoopAnalysis(Analysis.LIVE)
                .of(new Emulator(kind.options(seed)))
                .rows();
        return new Measured(kind, RunDocument.of(rows), PricedRun.of(rows, List.of(), costs));
    }

    /** Exits of a level, HLT included. */
    long exits(String level) {
        return document.exits().stream()
                .filter(exit -> exit.level().equals(level))
                .mapToLong(exit -> exit.time().samples() + exit.open())
                .sum();
    }

    Optional<StrategyFigures> at(String strategy, String level) {
        return whatIf.at(strategy, level);
    }

    StrategyFigures run(String strategy) {
        return whatIf.ofRun().stream()
                .filter(each -> each.strategy().equals(strategy))
                .findFirst()
                .orElseThrow();
    }

    long syncs(String strategy, String level) {
        return at(strategy, level).map(each -> each.syncs().lo()).orElse(0L);
    }

    long nmExits(String level) {
        return at(S1, level).map(each -> each.nmExits().lo()).orElse(0L);
    }

    /** Syncs of the kernel as it is per exit of a level, from the moment on when the guest initialised XFD. */
    double syncsPerExit(String level) {
        // S5 syncs before that, too.
        long before = syncs(S5, level) - syncs(S1, level);
        long exits = exits(level) - before;
        return exits == 0 ? 0 : (double) syncs(S1, level) / exits;
    }
}
