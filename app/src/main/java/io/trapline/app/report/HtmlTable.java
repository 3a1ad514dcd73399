package io.trapline.app.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A table of the page: columns with what stands in them. The first cell of a row names it. */
final class HtmlTable<T> {
    /** What stands in a cell, and what it is sorted by. */
    record Cell(String text, String sort) {
        static Cell text(String text) {
            return new Cell(Lines.safe(text), Lines.safe(text));
        }

        static Cell count(long number) {
            return new Cell(HumanFigures.count(number), Long.toString(number));
        }

        static Cell number(String number) {
            return new Cell(number, number);
        }

        /** A figure as people read it, and its number; null where there is none. */
        static Cell figure(String text, Object number) {
            return new Cell(text, number == null ? "" : number.toString());
        }
    }

    private record Column<T>(String title, boolean figure, Function<T, Cell> cell) {}

    private final String caption;
    private final List<Column<T>> columns = new ArrayList<>();

    HtmlTable(String caption) {
        this.caption = caption;
    }

    HtmlTable<T> text(String title, Function<T, String> text) {
        columns.add(new Column<>(title, false, row -> Cell.text(text.apply(row))));
        return this;
    }

    HtmlTable<T> figure(String title, Function<T, Cell> cell) {
        columns.add(new Column<>(title, true, cell));
        return this;
    }

    /** For the template. */
    Map<String, Object> of(List<T> rows) {
        List<Map<String, Object>> heads = columns.stream()
                .map(column -> Map.<String, Object>of("title", column.title, "figure", column.figure))
                .toList();
        return Map.of(
                "caption",
                caption,
                "count",
                HumanFigures.counted(rows.size(), "row"),
                "columns",
                heads,
                "rows",
                rows.stream().map(this::row).toList());
    }

    private Map<String, Object> row(T row) {
        List<Map<String, Object>> cells = new ArrayList<>();
        for (Column<T> column : columns) {
            Cell cell = column.cell.apply(row);
            boolean head = cells.isEmpty();
            cells.add(Map.of("text", cell.text, "sort", cell.sort, "figure", column.figure, "head", head));
        }
        return Map.of("cells", cells);
    }
}
