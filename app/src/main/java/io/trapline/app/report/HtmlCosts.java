package io.trapline.app.report;

import io.trapline.app.report.HtmlTable.Cell;
import io.trapline.streams.cost.HotSpots;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What stands behind the exits, for the page: instructions of L2, places of the guest, and advice. */
final class HtmlCosts {
    private final SummaryDocument document;
    private final RunClock clock;

    HtmlCosts(SummaryDocument document) {
        this.document = document;
        clock = document.run().clock();
    }

    /** Null where L1 emulated nothing. */
    Map<String, Object> nested() {
        List<NestedTotal> totals = NestedTotal.of(document.nested()).stream()
                .sorted(NestedTotal.order(clock.measuresNanos()))
                .toList();
        if (totals.isEmpty()) {
            return null;
        }
        HtmlTable<NestedTotal> table = new HtmlTable<NestedTotal>("Over all vCPUs; each up to the next entry into L2")
                .text("exit of L2", NestedTotal::title)
                .figure("times", total -> Cell.count(total.time().samples()))
                .figure("exits to L0 each", total -> Cell.number(each(total)));
        if (clock.measuresNanos()) {
            table.figure("total", total -> duration(total.time().sum(), 1))
                    .figure("in L0", total -> duration(total.hostTime(), 1))
                    .figure(
                            "mean",
                            total -> duration(total.time().sum(), total.time().samples()))
                    .figure(
                            "p99",
                            total -> duration(
                                    BigInteger.valueOf(total.percentiles().p99()), 1));
        }
        Map<String, Object> model = new HashMap<>(table.of(totals));
        model.put("instructions", totals.stream().map(this::instruction).toList());
        return model;
    }

    private static String each(NestedTotal total) {
        return NestedText.each(total.exits(), total.time().samples());
    }

    private Map<String, Object> instruction(NestedTotal total) {
        long times = total.time().samples();
        HtmlTable<NestedCost.Caused> table = new HtmlTable<NestedCost.Caused>("What L1 exits for")
                .text("reason", NestedCost.Caused::reason)
                .text("detail", NestedCost.Caused::detail)
                .figure("exits", caused -> Cell.count(caused.exits()))
                .figure("each", caused -> Cell.number(NestedText.each(caused.exits(), times)));
        if (clock.measuresNanos()) {
            table.figure("total", caused -> duration(caused.time(), 1))
                    .figure("mean", caused -> duration(caused.time(), caused.exits()));
        }
        Map<String, Object> model = new HashMap<>(table.of(total.caused()));
        model.put("title", Lines.safe(total.title()));
        return model;
    }

    /** A table for each kind of places that there is. */
    List<Map<String, Object>> places() {
        List<Map<String, Object>> tables = new ArrayList<>();
        addPlaces("Where the guest exits most", HotSpots.RIPS, tables);
        addPlaces("Pages of the guest that fault most", HotSpots.PAGES, tables);
        return tables;
    }

    private void addPlaces(String caption, String kind, List<Map<String, Object>> tables) {
        ShownPlaces shown = ShownPlaces.of(document, kind, HotPlaces.LISTED_MAX);
        if (shown.places().isEmpty()) {
            return;
        }
        HtmlTable<HotPlace> table = new HtmlTable<HotPlace>(caption)
                .text(kind, place -> "0x" + Long.toHexString(place.name().address()))
                .text("symbol", place -> place.symbol() == null ? "" : place.symbol())
                .text("VM", place -> place.name().vm())
                .text("level", place -> place.name().level())
                .text("reason", place -> place.name().reason())
                .figure("exits", place -> Cell.figure(HotSpotText.exits(place), place.least()));
        if (clock.measuresNanos()) {
            table.figure("time", place -> duration(place.time(), 1));
        }
        Map<String, Object> model = new HashMap<>(table.of(shown.places()));
        model.put("note", shown.note());
        tables.add(model);
    }

    List<String> advice() {
        return Advisor.of(document).stream()
                .map(one -> Lines.safe(AdviceText.sentence(one, clock)))
                .toList();
    }

    private Cell duration(BigInteger units, long divisor) {
        BigInteger nanos = clock.nanos(units, divisor);
        return Cell.figure(HumanFigures.duration(nanos), nanos);
    }
}
