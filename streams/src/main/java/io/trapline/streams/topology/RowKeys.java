package io.trapline.streams.topology;

import io.trapline.schemas.avro.ExitCostRow;
import io.trapline.schemas.avro.FindingRow;
import io.trapline.schemas.avro.PolicyVerdictRow;
import io.trapline.schemas.avro.WhatIfRow;
import io.trapline.schemas.event.StreamKey;
import io.trapline.schemas.table.ExitReasons;

/** Keys of the result topics: what the row is about, and last which analysis says it. */
public final class RowKeys {
    private RowKeys() {}

    /** {@code run/vm/vcpu/level/reason/detail/window/analysis}. */
    static String of(ExitCostRow row) {
        return StreamKey.join(
                row.getRun(),
                row.getVm(),
                Integer.toString(row.getVcpu()),
                row.getLevel(),
                ExitReasons.name(row.getIsa(), row.getReason()),
                row.getDetail(),
                Long.toString(row.getWindow()),
                row.getAnalysis());
    }

    /** {@code run/policy/vm/vcpu/analysis}. */
    static String of(PolicyVerdictRow row) {
        return StreamKey.join(
                row.getRun(), row.getPolicy(), row.getVm(), Integer.toString(row.getVcpu()), row.getAnalysis());
    }

    /** {@code run/strategy/vm/vcpu/level/analysis}. */
    static String of(WhatIfRow row) {
        return StreamKey.join(
                row.getRun(),
                row.getStrategy(),
                row.getVm(),
                Integer.toString(row.getVcpu()),
                row.getLevel(),
                row.getAnalysis());
    }

    /** {@code run/finding/analysis}. */
    static String of(FindingRow row) {
        return StreamKey.join(row.getRun(), row.getId(), row.getAnalysis());
    }

    /** A key of the summary, as the totals name it, with the analysis. */
    public static String ofSummary(String key, String analysis) {
        return key + "/" + StreamKey.join(analysis);
    }
}
