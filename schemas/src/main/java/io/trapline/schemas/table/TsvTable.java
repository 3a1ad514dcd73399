package io.trapline.schemas.table;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads the rows of a table that ships with the classes: tab separated, the first line names the columns. */
final class TsvTable {
    private TsvTable() {}

    static List<String[]> rows(String resource, int columns) {
        try (InputStream in = TsvTable.class.getResourceAsStream(resource);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .skip(1)
                    .map(line -> line.split("\t", -1))
                    .peek(row -> check(resource, row, columns))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void check(String resource, String[] row, int columns) {
        if (row.length != columns) {
            throw new IllegalStateException(resource + " has a row of " + row.length + " columns: " + row[0]);
        }
    }
}
