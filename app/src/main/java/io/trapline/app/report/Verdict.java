package io.trapline.app.report;

import io.trapline.schemas.avro.PolicyVerdictRow;

/** What a policy says of a run. */
public enum Verdict {
    CONFORMS("conforms"),
    VIOLATED("violated"),
    /** Recorded, but the evidence does not suffice. */
    UNDECIDED("undecided"),
    /** The events it needs were not recorded, or what it speaks of never happened. */
    NOT_APPLICABLE("not-applicable");

    private final String title;

    Verdict(String title) {
        this.title = title;
    }

    /** As documents spell it. */
    public String title() {
        return title;
    }

    static Verdict of(PolicyVerdictRow row) {
        if (row.getViolations() > 0) {
            return VIOLATED;
        } else if (row.getChecked() > 0) {
            return CONFORMS;
        }
        return row.getUndecided() > 0 ? UNDECIDED : NOT_APPLICABLE;
    }
}
