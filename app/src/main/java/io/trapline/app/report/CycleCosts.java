package io.trapline.app.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What KVM's decisions cost in cycles, as ranges with their sources: the defaults that ship with Trapline, or the user's
 * own file of the same form.
 */
public record CycleCosts(Map<String, Cost> costs) {
    /** A range and where it is from. */
    public record Cost(String name, long least, long most, String confidence, String source) {}

    static final String RDMSR = "c_rdmsr";
    static final String WRMSR = "c_wrmsr";
    static final String EXIT = "c_exit";
    static final String INJECT = "c_inject";
    static final String EB01 = "c_eb01";

    private static final List<String> NAMES = List.of(EXIT, RDMSR, WRMSR, INJECT, EB01);
    private static final int COLUMNS = 5;
    private static final long MOST = 1_000_000_000L;
    private static final String DEFAULTS = "/costs.tsv";

    public CycleCosts {
        costs = Map.copyOf(costs);
    }

    /** The costs that ship with Trapline. */
    public static CycleCosts defaults() {
        try (InputStream file = CycleCosts.class.getResourceAsStream(DEFAULTS)) {
            return parse(new String(file.readAllBytes(), StandardCharsets.UTF_8), DEFAULTS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a file of costs; what it does not name keeps its default.
     *
     * @throws IllegalArgumentException it is none; the message says which line and why
     */
    public static CycleCosts parse(String text, String file) {
        Map<String, Cost> found = file.equals(DEFAULTS) ? new LinkedHashMap<>() : new LinkedHashMap<>(defaults().costs);
        List<String> lines = text.lines().toList();
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                Cost cost = cost(line, file + ":" + number + ": ");
                found.put(cost.name(), cost);
            }
        }
        return new CycleCosts(found);
    }

    private static Cost cost(String line, String place) {
        String[] cells = line.split("\t", COLUMNS);
        if (cells.length < COLUMNS) {
            throw new IllegalArgumentException(
                    place + "a cost has five columns with tabs between them: name, least, most, confidence, source");
        }
        if (!NAMES.contains(cells[0])) {
            throw new IllegalArgumentException(
                    place + "there is no cost " + cells[0] + ", only " + String.join(", ", NAMES));
        }
        long least = cycles(cells[1], place);
        long most = cycles(cells[2], place);
        if (least > most) {
            throw new IllegalArgumentException(place + "the least, " + least + ", is more than the most, " + most);
        }
        return new Cost(cells[0], least, most, cells[3], cells[4]);
    }

    private static long cycles(String cell, String place) {
        Function<String, IllegalArgumentException> refusal = why -> new IllegalArgumentException(place + why);
        try {
            long cycles = Long.parseLong(cell.strip());
            if (cycles < 0 || cycles > MOST) {
                throw refusal.apply(cycles + " cycles are not between 0 and " + MOST);
            }
            return cycles;
        } catch (NumberFormatException e) {
            throw refusal.apply("'" + cell + "' is no number of cycles");
        }
    }

    Cost of(String name) {
        return costs.get(name);
    }

    /** All of them, in the order of the file that ships. */
    public List<Cost> all() {
        return NAMES.stream().map(costs::get).toList();
    }
}
