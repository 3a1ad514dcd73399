package io.trapline.app.report;

import io.trapline.schemas.avro.WhatIfRow;
import io.trapline.streams.whatif.Strategy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The strategies side by side.
 *
 * @param armed something shows that a guest has armed XFD
 * @param figures in the order of strategies; of each first the run, then its levels, then its VMs
 * @param costs what a decision costs
 */
public record WhatIf(boolean armed, List<StrategyFigures> figures, CycleCosts costs) {
    private static final Comparator<StrategyFigures> IN_STRATEGY =
            Comparator.comparing(StrategyFigures::vm).thenComparing(StrategyFigures::level);

    public WhatIf {
        figures = List.copyOf(figures);
    }

    /** Nothing was priced. */
    static final WhatIf NONE = new WhatIf(false, List.of(), CycleCosts.defaults());

    /** Of these rows, which come in any order; strategies of the catalogue come first, in its order. */
    public static WhatIf of(boolean armed, Collection<WhatIfRow> rows, CycleCosts costs) {
        Set<String> strategies = new LinkedHashSet<>();
        Strategy.CATALOGUE.forEach(strategy -> strategies.add(strategy.toString()));
        rows.stream().map(WhatIfRow::getStrategy).sorted().forEach(strategies::add);
        List<StrategyFigures> figures = new ArrayList<>();
        for (String strategy : strategies) {
            rows.stream()
                    .filter(row -> row.getStrategy().equals(strategy))
                    .map(StrategyFigures::of)
                    .sorted(IN_STRATEGY)
                    .forEach(figures::add);
        }
        return new WhatIf(armed, figures, costs);
    }

    /** Of the whole run, one per strategy. */
    public List<StrategyFigures> ofRun() {
        return figures.stream().filter(StrategyFigures::ofRun).toList();
    }

    /** The parts of the run that a strategy was priced for: its levels, or its VMs. */
    public List<StrategyFigures> parts(String strategy, boolean levels) {
        return figures.stream()
                .filter(each -> each.strategy().equals(strategy))
                .filter(each -> !each.ofRun() && each.level().isEmpty() != levels)
                .toList();
    }

    /** One strategy's figures for a level; absent where nothing happened there. */
    public Optional<StrategyFigures> at(String strategy, String level) {
        return parts(strategy, true).stream()
                .filter(each -> each.level().equals(level))
                .findFirst();
    }

    /** Cycles for people: {@code 508k..1.46M}. */
    public String cycles(StrategyFigures of) {
        return WhatIfText.range(of.cycles(costs));
    }

    /** What it costs more than the kernel as it is, for people; {@code -} where one of them loses state. */
    public String difference(StrategyFigures of) {
        CycleRange more = of.cyclesMoreThan(base(of), costs);
        return more == null ? "-" : WhatIfText.range(more);
    }

    /** What is compared with: the kernel as it is, for the same part of the run; null where it was not priced. */
    StrategyFigures base(StrategyFigures of) {
        return figures.stream()
                .filter(each -> each.strategy().equals(Strategy.MERGED.toString()))
                .filter(each -> each.vm().equals(of.vm()) && each.level().equals(of.level()))
                .findFirst()
                .orElse(null);
    }
}
