package io.trapline.app.report;

import io.trapline.schemas.kernel.KernelRange;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The report for people, readable at 100 columns: exits, findings, verdicts, and what could not be judged. */
public final class TextReport {
    private TextReport() {}

    /** The document as text. Only with {@code colours} does it hold codes for a terminal. */
    public static String write(SummaryDocument document, boolean colours) {
        Ink ink = new Ink(colours);
        StringBuilder out = new StringBuilder();
        AccountText accounts = new AccountText(document, ink);
        accounts.appendImbalances(out);
        out.append(Lines.listed("", facts(document.run())));
        appendProfile(document.run(), out);
        appendDoubts(document, ink, out);
        accounts.appendBalance(out);
        out.append('\n');
        new ExitText(document, ink).append(out);
        new AdviceText(document, ink).append(out);
        new FindingText(document, ink).append(out);
        new PolicyText(document, ink).append(out);
        new WhatIfText(document.run(), document.whatIf(), ink).append(out);
        return out.append('\n').toString();
    }

    public static List<String> facts(RunDescription run) {
        List<String> facts = new ArrayList<>();
        facts.add(run.source() + ": " + (run.isa().isEmpty() ? "unknown ISA" : String.join("+", run.isa())));
        facts.add(kernels(run.profile()));
        facts.add(HumanFigures.counted(run.events(), "event"));
        facts.add(HumanFigures.counted(run.vcpus(), "vCPU"));
        if (run.from() != null && run.clock().measuresNanos()) {
            BigInteger units = BigInteger.valueOf(run.to()).subtract(BigInteger.valueOf(run.from()));
            facts.add(HumanFigures.duration(run.clock().nanos(units, 1)));
        }
        return facts;
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

    /** What makes the figures less than the whole truth comes before them. */
    private static void appendDoubts(SummaryDocument document, Ink ink, StringBuilder out) {
        RunDescription run = document.run();
        Audit audit = document.audit();
        if (run.aborted()) {
            out.append(ink.warning("The import of this run broke off: this is as far as the log goes."))
                    .append('\n');
        }
        List<String> losses = new ArrayList<>();
        addIfAny(run.lost(), "event lost", "events lost", losses);
        addIfAny(audit.gaps(), "gap", "gaps", losses);
        addIfAny(run.unparsed(), "line not understood", "lines not understood", losses);
        addIfAny(audit.clamped(), "time set right that went backwards", "times set right that went backwards", losses);
        if (!losses.isEmpty()) {
            out.append(ink.warning("Flaws of the recording: " + String.join(", ", losses) + "."))
                    .append('\n');
        }
    }

    private static void addIfAny(long number, String one, String many, List<String> losses) {
        if (number > 0) {
            losses.add(HumanFigures.counted(number, one, many));
        }
    }
}
