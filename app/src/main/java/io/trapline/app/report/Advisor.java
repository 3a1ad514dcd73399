package io.trapline.app.report;

import io.trapline.schemas.kernel.KernelRange;
import io.trapline.schemas.kernel.KernelVersion;
import io.trapline.schemas.table.ExitReasons;
import io.trapline.schemas.table.ExitRemedy;
import io.trapline.schemas.table.MsrPassthrough;
import io.trapline.schemas.table.Msrs;
import io.trapline.streams.whatif.Bounds;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Says of the dearest exits why they are taken and what would spare them: by the table of remedies, by that of MSRs which
 * this kernel can pass through, and of exits for XFD by what another strategy is computed to cost. Says nothing where no
 * way is known, or none that this ISA and kernel have.
 */
final class Advisor {
    private static final int SHOWN_MAX = 5;
    private static final BigInteger SHARE_MIN = BigInteger.valueOf(100);
    private static final String L1 = "L1";
    private static final Pattern MSR = Pattern.compile("0x([0-9a-f]+) (read|write)");
    private static final Set<String> NM = Set.of("EXCEPTION_NMI vector 7", "NM excp ");
    private static final String MET = "a guest and a CPU that meet it, and no user-space filter that denies the access";
    private static final String OF_XFD = "0x1c4 write";

    private final SummaryDocument document;
    private final BigInteger all;

    /** What is counted together: exits of all vCPUs. */
    private record Kind(String level, String isa, String reason, String detail) {}

    private Advisor(SummaryDocument document) {
        this.document = document;
        all = costs(document).map(exit -> exit.time().sum()).reduce(BigInteger.ZERO, BigInteger::add);
    }

    private static Stream<ExitCost> costs(SummaryDocument document) {
        return document.exits().stream().filter(exit -> !exit.isHalt());
    }

    /** The advice for a run, that for the dearest exits first. */
    static List<Advice> of(SummaryDocument document) {
        return document.run().clock().measures() ? new Advisor(document).advice() : List.of();
    }

    private List<Advice> advice() {
        Map<Kind, BigInteger> times = new HashMap<>();
        costs(document)
                .forEach(exit -> times.merge(
                        new Kind(exit.level(), exit.isa(), exit.reason(), exit.detail()),
                        exit.time().sum(),
                        BigInteger::add));
        List<Advice> merged = new ArrayList<>();
        times.entrySet().stream()
                .sorted(Map.Entry.<Kind, BigInteger>comparingByValue()
                        .reversed()
                        .thenComparing(kind -> kind.getKey().toString()))
                .map(kind -> of(kind.getKey(), kind.getValue()))
                .flatMap(Optional::stream)
                .forEach(one -> merge(one, merged));
        return merged.stream()
                .filter(one -> one.time().multiply(SHARE_MIN).compareTo(all) > 0)
                .sorted(Comparator.comparing(Advice::time).reversed())
                .limit(SHOWN_MAX)
                .toList();
    }

    private static void merge(Advice one, List<Advice> merged) {
        for (int place = 0; place < merged.size(); place++) {
            if (merged.get(place).saysSame(one)) {
                merged.set(place, merged.get(place).plus(one));
                return;
            }
        }
        merged.add(one);
    }

    private Optional<Advice> of(Kind kind, BigInteger time) {
        boolean writesXfd = kind.detail().equals(OF_XFD);
        if (writesXfd || NM.contains(kind.reason() + " " + kind.detail())) {
            return ofStrategy(kind, time, writesXfd);
        }
        int isa = kind.isa().equals("SVM") ? ExitReasons.SVM : ExitReasons.VMX;
        return ExitRemedy.of(isa, kind.reason(), kind.detail(), kind.level())
                .filter(remedy -> isThere(remedy.since()))
                .map(remedy -> advice(kind, time, remedy.why(), remedy.instead(), remedy.source()))
                .or(() -> ofMsr(kind, time, isa));
    }

    private Advice advice(Kind kind, BigInteger time, String why, String instead, String source) {
        return new Advice(
                kind.level(),
                kind.isa(),
                kind.reason(),
                List.of(kind.detail()),
                time,
                all,
                why,
                instead,
                source,
                null,
                null);
    }

    /** Whether some kernel of the run's profile has what this kernel was the first to have. */
    private boolean isThere(KernelVersion since) {
        return since == null || document.run().profile().holdsAny(KernelRange.since(since));
    }

    /** R22: an MSR that KVM lets through under a condition, which does not hold where it exits. L2 has another list (R24). */
    private Optional<Advice> ofMsr(Kind kind, BigInteger time, int isa) {
        Matcher msr = MSR.matcher(kind.detail());
        if (!kind.level().equals(L1) || !msr.matches()) {
            return Optional.empty();
        }
        long index = Long.parseLong(msr.group(1), 16);
        boolean write = msr.group(2).equals("write");
        return MsrPassthrough.of(isa).stream()
                .filter(rule -> rule.index() == index && (write ? rule.writes() : rule.reads()))
                .filter(rule -> isThere(rule.since() == null ? null : KernelVersion.of(rule.since())))
                .findFirst()
                .map(rule -> advice(kind, time, whyIntercepted(rule), MET, "rule R22"));
    }

    private static String whyIntercepted(MsrPassthrough rule) {
        String since = rule.since() == null ? "" : "from " + rule.since() + " on, ";
        return since + "KVM lets " + Msrs.name(rule.index()) + " through under a condition (" + rule.condition() + ")";
    }

    /** The sound strategy with fewer of these exits that saves most in this level, if what-if is sure of both. */
    private Optional<Advice> ofStrategy(Kind kind, BigInteger time, boolean writesXfd) {
        Function<StrategyFigures, Bounds> exits = writesXfd ? StrategyFigures::xfdWriteExits : StrategyFigures::nmExits;
        WhatIf whatIf = document.whatIf();
        return whatIf.figures().stream()
                .filter(figures -> figures.vm().isEmpty() && figures.level().equals(kind.level()))
                .filter(StrategyFigures::sound)
                .filter(figures ->
                        saves(figures, whatIf) && isFewer(exits.apply(figures), exits.apply(whatIf.base(figures))))
                .max(Comparator.comparing(figures -> saving(figures, whatIf).lo()))
                .map(figures -> new Advice(
                        kind.level(),
                        kind.isa(),
                        kind.reason(),
                        List.of(kind.detail()),
                        time,
                        all,
                        writesXfd
                                ? "writes of IA32_XFD exit until the first that is not 0, and from L2 always"
                                : "KVM traps #NM where IA32_XFD may be armed, to take IA32_XFD_ERR",
                        "the strategy " + figures.strategy(),
                        "rules R3, R4, R12",
                        figures.strategy(),
                        saving(figures, whatIf)));
    }

    private static boolean isFewer(Bounds exits, Bounds base) {
        return exits.hi() != null && exits.hi() < base.lo();
    }

    /** Cycles that it costs less; null where that cannot be said. */
    private static CycleRange saving(StrategyFigures figures, WhatIf whatIf) {
        CycleRange more = figures.cyclesMoreThan(whatIf.base(figures), whatIf.costs());
        return more == null ? null : more.negated();
    }

    private static boolean saves(StrategyFigures figures, WhatIf whatIf) {
        CycleRange saving = saving(figures, whatIf);
        return saving != null && saving.lo() != null && saving.lo().signum() > 0;
    }
}
