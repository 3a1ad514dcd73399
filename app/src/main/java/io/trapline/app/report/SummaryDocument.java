package io.trapline.app.report;

import java.util.List;

/**
 * What is known of one run: the value behind every form of report. The same rows give the same document, in whatever
 * order they come. Durations and times are in units of the run's clock; they are divided once, when printed.
 */
public record SummaryDocument(
        RunDescription run,
        List<ExitCost> exits,
        List<AccessCost> accesses,
        List<PolicyVerdict> policies,
        List<Finding> findings,
        WhatIf whatIf,
        Audit audit) {

    public SummaryDocument {
        exits = List.copyOf(exits);
        accesses = List.copyOf(accesses);
        policies = List.copyOf(policies);
        findings = List.copyOf(findings);
    }
}
