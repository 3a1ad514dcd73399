package io.trapline.app.report;

import java.util.List;

/** The advice for a run, for people. */
final class AdviceText {
    private final List<Advice> advice;
    private final RunClock clock;
    private final Ink ink;

    AdviceText(SummaryDocument document, Ink ink) {
        advice = Advisor.of(document);
        clock = document.run().clock();
        this.ink = ink;
    }

    void append(StringBuilder out) {
        if (advice.isEmpty()) {
            return;
        }
        out.append('\n').append(ink.heading("Advice")).append('\n');
        for (Advice one : advice) {
            out.append(Lines.wrapped(
                    "  ",
                    name(one) + ", " + one.level() + ", " + one.percent() + " % of exit time: " + one.why()
                            + ". Spared by " + one.instead() + "; " + saving(one) + "."));
        }
    }

    /** {@code IO_INSTRUCTION port 0x3f8 out and 4 more}. */
    private static String name(Advice one) {
        int more = one.details().size() - 1;
        String dearest = (one.reason() + " " + one.details().get(0)).strip();
        return dearest + (more == 0 ? "" : " and " + more + " more");
    }

    private String saving(Advice one) {
        if (one.saving() != null) {
            return "saves " + WhatIfText.range(one.saving()) + " cycles in all of " + one.level();
        }
        return clock.measuresNanos()
                ? "saves up to " + HumanFigures.duration(clock.nanos(one.time(), 1))
                : "saves up to that share";
    }
}
