package io.trapline.streams.totals;

import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.StreamEndRow;
import io.trapline.schemas.avro.SummaryRow;
import io.trapline.schemas.avro.WhatIfTallyRow;
import io.trapline.streams.whatif.RunWhatIf;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** Prices a finished run under any strategy: its summary holds all that takes. */
public final class RunStrategies {
    private RunStrategies() {}

    /** The strategies of the run that these are the summary rows of. */
    public static RunWhatIf of(Collection<SummaryRow> summary) {
        List<Run> runs = all(summary, SummaryRow::getDescription);
        if (runs.size() != 1) {
            throw new IllegalArgumentException("the rows describe " + runs.size() + " runs, not one");
        }
        List<StreamEndRow> streams = all(summary, SummaryRow::getStreamEnd);
        List<WhatIfTallyRow> tallies = all(summary, SummaryRow::getWhatIfTally);
        return new RunFacts(runs.get(0), streams).whatIf(tallies);
    }

    private static <T> List<T> all(Collection<SummaryRow> rows, Function<SummaryRow, T> part) {
        return rows.stream().map(part).filter(Objects::nonNull).toList();
    }
}
