package io.trapline.app.report;

import java.util.List;

/**
 * What is known of one run: the value behind every form of report. The same rows give the same document, in whatever
 * order they come. Durations and times are in units of the run's clock; they are divided once, when printed. {@code xfd} is null where nothing of it was recorded.
 */
public record SummaryDocument(
        RunDescription run,
        List<ExitCost> exits,
        List<AccessCost> accesses,
        List<NestedCost> nested,
        List<HotPlaces> hotSpots,
        XfdCost xfd,
        List<PolicyVerdict> policies,
        List<Finding> findings,
        WhatIf whatIf,
        Audit audit) {

    public SummaryDocument {
        exits = List.copyOf(exits);
        accesses = List.copyOf(accesses);
        nested = List.copyOf(nested);
        hotSpots = List.copyOf(hotSpots);
        policies = List.copyOf(policies);
        findings = List.copyOf(findings);
    }

    /** The same with the names of the guest's functions. */
    public SummaryDocument named(GuestSymbols symbols) {
        List<HotPlaces> named =
                hotSpots.stream().map(places -> places.map(symbols::name)).toList();
        return new SummaryDocument(run, exits, accesses, nested, named, xfd, policies, findings, whatIf, audit);
    }
}
