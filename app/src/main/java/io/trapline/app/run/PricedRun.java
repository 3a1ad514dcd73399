package io.trapline.app.run;

import io.trapline.app.report.CycleCosts;
import io.trapline.app.report.WhatIf;
import io.trapline.schemas.avro.SummaryRow;
import io.trapline.schemas.avro.WhatIfRow;
import io.trapline.schemas.avro.WhatIfTallyRow;
import io.trapline.streams.totals.RunStrategies;
import io.trapline.streams.whatif.RunWhatIf;
import io.trapline.streams.whatif.Strategy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** A run under the strategies that somebody asks for, beside the kernel as it is. */
public final class PricedRun {
    private PricedRun() {}

    /** Prices the run that these are the summary rows of; without strategies, under all of the catalogue. */
    public static WhatIf of(List<SummaryRow> rows, List<Strategy> strategies, CycleCosts costs) {
        Set<Strategy> asked = new LinkedHashSet<>();
        asked.add(Strategy.MERGED);
        asked.addAll(strategies.isEmpty() ? Strategy.CATALOGUE : strategies);
        RunWhatIf run = RunStrategies.of(rows);
        SummaryRow any = rows.get(0);
        List<WhatIfRow> priced = new ArrayList<>();
        asked.forEach(strategy -> priced.addAll(run.rows(any.getAnalysis(), any.getRun(), strategy)));
        boolean armed = rows.stream()
                .map(SummaryRow::getWhatIfTally)
                .filter(Objects::nonNull)
                .anyMatch(WhatIfTallyRow::getArmed);
        return WhatIf.of(armed, priced, costs);
    }
}
