package io.trapline.streams.whatif;

import io.trapline.schemas.avro.WhatIfLoss;
import io.trapline.schemas.avro.WhatIfRow;
import io.trapline.schemas.avro.WhatIfTallyRow;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Predictions as rows. */
public final class WhatIfRows {
    private WhatIfRows() {}

    /** What the strategies of the catalogue come to for one vCPU, level by level. */
    public static List<WhatIfRow> ofStream(WhatIfTallyRow tally, Recorded recorded) {
        List<WhatIfRow> rows = new ArrayList<>();
        for (Strategy strategy : Strategy.CATALOGUE) {
            Outcome outcome = Outcome.of(strategy, tally, recorded);
            for (String level : new TreeSet<>(outcome.byLevel().keySet())) {
                WhatIfRow row = of(strategy, outcome.byLevel().get(level), outcome.loss());
                row.setAnalysis(tally.getAnalysis());
                row.setRun(tally.getRun());
                row.setVm(tally.getVm());
                row.setVcpu(tally.getVcpu());
                row.setLevel(level);
                rows.add(row);
            }
        }
        return rows;
    }

    /** A row that does not say yet whose it is. */
    static WhatIfRow of(Strategy strategy, Prediction prediction, WhatIfLoss loss) {
        Soundness soundness = Soundness.of(strategy);
        WhatIfRow row = new WhatIfRow();
        row.setStrategy(strategy.toString());
        row.setVm("");
        row.setLevel("");
        row.setSound(soundness.sound());
        row.setRemark(soundness.remark());
        row.setSyncs(prediction.syncs().lo());
        row.setSyncsHi(prediction.syncs().hi());
        row.setXfdWriteExits(prediction.xfdWriteExits().lo());
        row.setXfdWriteExitsHi(prediction.xfdWriteExits().hi());
        row.setNmExits(prediction.nmExits().lo());
        row.setNmExitsHi(prediction.nmExits().hi());
        row.setXfdFaults(prediction.xfdFaults().lo());
        row.setXfdFaultsHi(prediction.xfdFaults().hi());
        row.setEb01Compares(prediction.eb01Compares());
        row.setExact(prediction.exact());
        row.setReason(reason(prediction));
        row.setLoss(loss);
        row.setFirstLossSeq(loss == null ? null : loss.getSeq());
        return row;
    }

    private static String reason(Prediction prediction) {
        return prediction.exact()
                ? ""
                : prediction.doubts().stream().sorted().map(Doubt::sentence).collect(Collectors.joining("; "));
    }
}
