package io.trapline.app.report;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells under each other, each column as wide as its widest cell. */
public final class TextTable {
    /** Where the text of a column stands. */
    public enum Side {
        LEFT,
        RIGHT
    }

    private static final String GAP = "  ";

    private final List<Side> sides;
    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(List<Side> sides) {
        this.sides = List.copyOf(sides);
    }

    public void row(List<String> cells) {
        if (cells.size() != sides.size()) {
            throw new IllegalArgumentException(cells.size() + " cells for " + sides.size() + " columns: " + cells);
        }
        rows.add(List.copyOf(cells));
    }

    /** One line per row, without blanks at its end and without a line feed. */
    public List<String> lines() {
        int[] widths = new int[sides.size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            String blanks = " ".repeat(widths[column] - cell.length());
            line.append(column == 0 ? "" : GAP);
            line.append(sides.get(column) == Side.LEFT ? cell + blanks : blanks + cell);
        }
        return line.toString().stripTrailing();
    }
}
