package io.trapline.app.cli;

import io.trapline.app.report.Finding;
import io.trapline.app.report.SummaryDocument;
import java.util.List;

/**
 * Which findings make a command exit with 1: those of this severity or worse. TRACE judges the recording and counts
 * only when it is asked for; PERF never fails a run.
 */
enum FailOn {
    LOST(List.of("LOST")),
    WRONG(List.of("LOST", "WRONG")),
    SECURITY(List.of("LOST", "WRONG", "SECURITY")),
    TRACE(List.of("LOST", "WRONG", "SECURITY", "TRACE")),
    NONE(List.of());

    private final List<String> severities;

    FailOn(List<String> severities) {
        this.severities = severities;
    }

    /** Exit code for this report. A hint is only probable: it never fails a run. */
    int exitCodeOf(SummaryDocument document) {
        return document.findings().stream().anyMatch(this::fails) ? ExitCode.FINDINGS : ExitCode.FINE;
    }

    /** Whether this finding alone makes the command fail. */
    boolean fails(Finding finding) {
        return !finding.isHint() && severities.contains(finding.severity());
    }
}
