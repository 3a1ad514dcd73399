package io.trapline.app.report;

import io.trapline.schemas.avro.AccessCostRow;
import io.trapline.schemas.avro.ExitCostRow;
import io.trapline.schemas.avro.FindingRow;
import io.trapline.schemas.avro.HotSpotsRow;
import io.trapline.schemas.avro.NestedCostRow;
import io.trapline.schemas.avro.PolicyVerdictRow;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.StreamEndRow;
import io.trapline.schemas.avro.SummaryRow;
import io.trapline.schemas.avro.WhatIfRow;
import io.trapline.schemas.avro.WhatIfTallyRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The final rows of one run by what they carry, checked to be of one run and one analysis, and all there. */
final class RunRows {
    private final Run run;
    private final List<ExitCostRow> exits = new ArrayList<>();
    private final List<AccessCostRow> accesses = new ArrayList<>();
    private final List<NestedCostRow> nested = new ArrayList<>();
    private final List<HotSpotsRow> hotSpots = new ArrayList<>();
    private final List<PolicyVerdictRow> verdicts = new ArrayList<>();
    private final List<FindingRow> findings = new ArrayList<>();
    private final List<StreamEndRow> streams = new ArrayList<>();
    private final List<WhatIfRow> whatIf = new ArrayList<>();
    private final List<WhatIfTallyRow> tallies = new ArrayList<>();

    RunRows(Collection<SummaryRow> rows) {
        SummaryRow description = rows.stream()
                .filter(row -> row.getDescription() != null)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no row describes the run"));
        run = description.getDescription();
        for (SummaryRow row : rows) {
            if (!row.getRun().equals(run.getRun()) || !row.getAnalysis().equals(description.getAnalysis())) {
                throw new IllegalArgumentException("a row of run " + row.getRun() + ", analysis " + row.getAnalysis()
                        + " among those of run " + run.getRun() + ", analysis " + description.getAnalysis());
            }
            take(row, rows.size());
        }
    }

    private void take(SummaryRow row, int rows) {
        if (row.getExit() != null) {
            exits.add(row.getExit());
        } else if (row.getAccess() != null) {
            accesses.add(row.getAccess());
        } else if (row.getNested() != null) {
            nested.add(row.getNested());
        } else if (row.getHotSpots() != null) {
            hotSpots.add(row.getHotSpots());
        } else if (row.getVerdict() != null) {
            verdicts.add(row.getVerdict());
        } else if (row.getFinding() != null) {
            findings.add(row.getFinding());
        } else if (row.getStreamEnd() != null) {
            streams.add(row.getStreamEnd());
        } else if (row.getWhatIf() != null) {
            whatIf.add(row.getWhatIf());
        } else if (row.getWhatIfTally() != null) {
            tallies.add(row.getWhatIfTally());
        } else if (row.getComplete() != null && row.getComplete().getRows() != rows - 1) {
            throw new IllegalArgumentException("run " + run.getRun() + " has "
                    + row.getComplete().getRows() + " rows, but " + (rows - 1) + " came");
        }
    }

    Run run() {
        return run;
    }

    List<ExitCostRow> exits() {
        return exits;
    }

    List<AccessCostRow> accesses() {
        return accesses;
    }

    List<NestedCostRow> nested() {
        return nested;
    }

    List<HotSpotsRow> hotSpots() {
        return hotSpots;
    }

    List<PolicyVerdictRow> verdicts() {
        return verdicts;
    }

    List<FindingRow> findings() {
        return findings;
    }

    List<WhatIfRow> whatIf() {
        return whatIf;
    }

    /** Whether any guest is known to have armed XFD. */
    boolean armed() {
        return tallies.stream().anyMatch(WhatIfTallyRow::getArmed);
    }

    List<StreamEndRow> streams() {
        return streams;
    }
}
