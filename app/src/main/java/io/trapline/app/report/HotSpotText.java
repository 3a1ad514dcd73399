package io.trapline.app.report;

import io.trapline.app.report.TextTable.Side;
import io.trapline.streams.cost.HotSpots;
import java.util.ArrayList;
import java.util.List;

/** The places of the guest with the most exits, for people. */
final class HotSpotText {
    private static final int RIPS_MAX = 10;
    private static final int PAGES_MAX = 5;

    private final SummaryDocument document;
    private final RunClock clock;
    private final Ink ink;

    HotSpotText(SummaryDocument document, Ink ink) {
        this.document = document;
        clock = document.run().clock();
        this.ink = ink;
    }

    void append(StringBuilder out) {
        append("Where the guest exits most", "rip", ShownPlaces.of(document, HotSpots.RIPS, RIPS_MAX), out);
        append("Pages of the guest that fault most", "page", ShownPlaces.of(document, HotSpots.PAGES, PAGES_MAX), out);
    }

    private void append(String heading, String column, ShownPlaces shown, StringBuilder out) {
        if (shown.places().isEmpty()) {
            return;
        }
        out.append('\n').append(ink.heading(heading)).append('\n');
        TextTable table = new TextTable(List.of(Side.LEFT, Side.LEFT, Side.LEFT, Side.RIGHT, Side.RIGHT, Side.LEFT));
        table.row(List.of(column, "level", "reason", "exits", clock.measuresNanos() ? "time" : "", ""));
        boolean manyVms = shown.places().stream()
                        .map(place -> place.name().vm())
                        .distinct()
                        .count()
                > 1;
        shown.places().forEach(place -> table.row(row(place, manyVms)));
        List<String> lines = table.lines();
        out.append("  ").append(ink.faint(lines.get(0))).append('\n');
        lines.stream()
                .skip(1)
                .forEach(line -> out.append("  ").append(Lines.cut(line)).append('\n'));
        if (shown.note() != null) {
            out.append("  ").append(ink.faint(shown.note())).append('\n');
        }
    }

    private List<String> row(HotPlace place, boolean manyVms) {
        List<String> cells = new ArrayList<>(List.of(
                "0x" + Long.toHexString(place.name().address()),
                place.name().level(),
                Lines.safe(place.name().reason()),
                exits(place),
                clock.measuresNanos() ? HumanFigures.duration(clock.nanos(place.time(), 1)) : ""));
        String vm = manyVms ? "VM " + place.name().vm() + " " : "";
        cells.add(Lines.safe(vm + (place.symbol() == null ? "" : place.symbol())));
        return cells;
    }

    /** From what is certain to what may be. */
    static String exits(HotPlace place) {
        String most = HumanFigures.count(place.exits());
        return place.error() == 0 ? most : HumanFigures.count(place.least()) + ".." + most;
    }
}
