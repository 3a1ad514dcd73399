package io.trapline.app.report;

import io.trapline.schemas.kernel.KernelRange;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The report for people, readable at 100 columns: exits, findings, verdicts, and what could not be judged. */
public final class TextReport {
    /** What no filter narrows. */
    static final String WHOLE_RUN =
            "Verdicts with their counts, what-if and flaws are those of the whole run; a finding"
                    + " is where it was first seen.";

    private TextReport() {}

    /** The document as text. Only with {@code colours} does it hold codes for a terminal. */
    public static String write(SummaryDocument document, boolean colours) {
        return write(RunReport.whole(document), colours);
    }

    /** The same of a part of a run, or with its outliers. */
    public static String write(RunReport report, boolean colours) {
        SummaryDocument document = report.document();
        Ink ink = new Ink(colours);
        StringBuilder out = new StringBuilder();
        AccountText accounts = new AccountText(document, ink);
        accounts.appendImbalances(out);
        out.append(Lines.listed("", facts(document.run())));
        appendProfile(document.run(), out);
        appendDoubts(document, ink, out);
        accounts.appendBalance(out);
        appendScope(report.scope(), ink, out);
        out.append('\n');
        new ExitText(report, ink).append(out);
        new NestedText(document, ink).append(out);
        new HotSpotText(document, ink).append(out);
        new AdviceText(document, ink).append(out);
        new OutlierText(report, ink).append(out);
        new FindingText(document, ink).append(out);
        new PolicyText(document, ink).append(out);
        new WhatIfText(document.run(), document.whatIf(), ink).append(out);
        return out.append('\n').toString();
    }

    private static void appendScope(ReportScope scope, Ink ink, StringBuilder out) {
        if (!scope.isWhole()) {
            String shown = String.join("; ", scope.words()) + ".";
            out.append(ink.warning(Lines.wrapped("Only ", shown).stripTrailing()))
                    .append('\n');
            out.append(Lines.wrapped("     ", WHOLE_RUN));
        }
    }

    public static List<String> facts(RunDescription run) {
        List<String> facts = new ArrayList<>();
        facts.add(run.source() + ": " + (run.isa().isEmpty() ? "unknown ISA" : String.join("+", run.isa())));
        facts.add(kernels(run.profile()));
        facts.add(HumanFigures.counted(run.events(), "event"));
        facts.add(HumanFigures.counted(run.vcpus(), "vCPU"));
        if (duration(run) != null) {
            facts.add(duration(run));
        }
        return facts;
    }

    /** From the first event to the last; null where nobody knows. */
    static String duration(RunDescription run) {
        if (run.from() == null || !run.clock().measuresNanos()) {
            return null;
        }
        BigInteger units = BigInteger.valueOf(run.to()).subtract(BigInteger.valueOf(run.from()));
        return HumanFigures.duration(run.clock().nanos(units, 1));
    }

    /** A range as a fact among others. */
    static String kernels(KernelRange profile) {
        if (profile.equals(KernelRange.ALL)) {
            return "any kernel";
        }
        boolean one = profile.from() != null && profile.from().equals(profile.to());
        return (one ? "kernel " : "kernels ") + profile;
    }

    /** How the kernels were found; where nothing bounds them there is nothing to say. */
    private static void appendProfile(RunDescription run, StringBuilder out) {
        if (!run.profile().equals(KernelRange.ALL)) {
            out.append(Lines.wrapped("Profile by ", run.profileFrom() + "."));
        }
    }

    private static void appendDoubts(SummaryDocument document, Ink ink, StringBuilder out) {
        doubts(document).forEach(doubt -> out.append(ink.warning(doubt)).append('\n'));
    }

    /** What makes the figures less than the whole truth: it comes before them. */
    static List<String> doubts(SummaryDocument document) {
        RunDescription run = document.run();
        Audit audit = document.audit();
        List<String> doubts = new ArrayList<>();
        if (run.aborted()) {
            doubts.add("The import of this run broke off: this is as far as the log goes.");
        }
        List<String> losses = new ArrayList<>();
        addIfAny(run.lost(), "event lost", "events lost", losses);
        addIfAny(audit.gaps(), "gap", "gaps", losses);
        addIfAny(run.unparsed(), "line not understood", "lines not understood", losses);
        addIfAny(audit.clamped(), "time set right that went backwards", "times set right that went backwards", losses);
        if (!losses.isEmpty()) {
            doubts.add("Flaws of the recording: " + String.join(", ", losses) + ".");
        }
        return doubts;
    }

    private static void addIfAny(long number, String one, String many, List<String> losses) {
        if (number > 0) {
            losses.add(HumanFigures.counted(number, one, many));
        }
    }
}
