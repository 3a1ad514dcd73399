package io.trapline.app.diff;

import io.trapline.app.diff.ExitChange.Change;
import io.trapline.app.report.HumanFigures;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.stream.Collectors;

/** Spells changes for people. */
final class ChangeWords {
    private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_UP);
    private static final double PERCENT = 100;
    private static final double THOUSAND = 1_000;

    private ChangeWords() {}

    /** {@code CPUID, L1}, with the vCPU where they are kept apart. */
    static String name(ExitKind kind) {
        return kind.named() + ", " + kind.level() + (kind.place().isEmpty() ? "" : ", " + kind.place());
    }

    /** {@code dearer: CPUID, L1: +10.0 % (9.6 to 10.4)}. */
    static String sentence(ExitChange change) {
        return changes(change) + ": " + name(change.kind()) + ": " + effects(change);
    }

    static String changes(ExitChange change) {
        return change.changes().stream().map(Change::title).collect(Collectors.joining(", "));
    }

    /** Each change with its size. */
    static String effects(ExitChange change) {
        return change.changes().stream().map(each -> effect(each, change)).collect(Collectors.joining("; "));
    }

    private static String effect(Change which, ExitChange change) {
        return switch (which) {
            case DEARER, CHEAPER -> shift(change.cost().effect()) + " an exit";
            case MORE, FEWER ->
                isOfFew(change)
                        ? count(change.a().samples()) + " -> "
                                + count(change.b().samples()) + " exits"
                        : shift(change.rate().shift()) + " exits a second";
            case NEW -> count(change.b().samples()) + " exits, none in A";
            case GONE -> count(change.a().samples()) + " exits, none in B";
        };
    }

    private static boolean isOfFew(ExitChange change) {
        return Math.min(change.a().samples(), change.b().samples()) < ExitChanges.SAMPLES_MIN;
    }

    private static String count(long number) {
        return HumanFigures.count(number);
    }

    private static String shift(Shift shift) {
        return signed(shift.percent()) + " % (" + signed(shift.fromPercent()) + " to " + signed(shift.toPercent())
                + ")";
    }

    static String signed(double percent) {
        return String.format(Locale.ROOT, "%+.1f", percent);
    }

    /** By how much most costs moved, where it is enough to be called a change. */
    static String common(Double percent) {
        if (percent == null || Math.abs(percent) < ExitChanges.EFFECT_MIN * PERCENT) {
            return "";
        }
        return " Half of the kinds became " + (percent > 0 ? "dearer" : "cheaper")
                + String.format(Locale.ROOT, " by %.1f %% or more", Math.abs(percent))
                + ": what moves all of them is rather the machine than KVM.";
    }

    /** {@code CPUID, L1: p99 1.20 us -> 1.50 us (+25.0 %)}. */
    static String grown(ExitChange change, Figure figure, double before, double after) {
        String grown = before == 0 ? "was none" : signed((after / before - 1) * PERCENT) + " %";
        return name(change.kind()) + ": " + figure.name().toLowerCase(Locale.ROOT) + " " + value(figure, before)
                + " -> " + value(figure, after) + " (" + grown + ")";
    }

    private static String value(Figure figure, double value) {
        return switch (figure) {
            case P50, P90, P99, MEAN, MAX -> duration(value);
            case TIME -> duration(value) + " a second";
            case SAMPLES -> perSecond(value);
        };
    }

    static String duration(double nanos) {
        return HumanFigures.duration(
                new BigDecimal(nanos).setScale(0, RoundingMode.HALF_UP).toBigIntegerExact());
    }

    static String perSecond(double rate) {
        BigDecimal rounded = new BigDecimal(rate).round(THREE_DIGITS);
        String figure = rate < THOUSAND
                ? rounded.stripTrailingZeros().toPlainString()
                : HumanFigures.magnitude(rounded.toBigInteger());
        return figure + " a second";
    }

    /** What the hypervisors did, in one sentence. */
    static String sentence(Divergence divergence) {
        String place = divergence.way() == Divergence.Way.UNALIGNED
                ? ""
                : ", decision " + HumanFigures.count(divergence.compared());
        String where = "VM " + divergence.vm() + " vCPU " + divergence.vcpu() + place;
        String exit = divergence.kind() == null ? "" : ": " + name(divergence.kind());
        return where + exit + ": "
                + switch (divergence.way()) {
                    case NONE, GUESTS -> divergence.way().title();
                    case DECISION, UNALIGNED, INTERCEPTION ->
                        "A " + String.join(", ", divergence.decidedA()) + "; B "
                                + String.join(", ", divergence.decidedB());
                };
    }
}
