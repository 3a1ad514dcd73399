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
            out.append(Lines.wrapped("  ", sentence(one, clock)));
        }
    }

    static String sentence(Advice one, RunClock clock) {
        return name(one) + ", " + one.level() + ", " + one.percent() + " % of exit time: " + one.why() + ". Spared by "
                + one.instead() + "; " + saving(one, clock) + ".";
    }

    /** {@code IO_INSTRUCTION port 0x3f8 out and 4 more}. */
    private static String name(Advice one) {
        int more = one.details().size() - 1;
        String detail = one.details().get(0);
        boolean saysMore = !detail.isEmpty() && !detail.equals("nested " + one.reason());
        String dearest = one.reason() + (saysMore ? " " + detail : "");
        return dearest + (more == 0 ? "" : " and " + more + " more");
    }

    private static String saving(Advice one, RunClock clock) {
        if (one.saving() != null) {
            return "saves " + WhatIfText.range(one.saving()) + " cycles in all of " + one.level();
        }
        return clock.measuresNanos()
                ? "saves up to " + HumanFigures.duration(clock.nanos(one.time(), 1))
                : "saves up to that share";
    }
}
