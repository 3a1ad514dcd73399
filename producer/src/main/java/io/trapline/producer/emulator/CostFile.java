package io.trapline.producer.emulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Costs as a person writes them: a name, its cycles, the range, how sure that is, and who says so. */
public final class CostFile {
    private static final String SUFFIX = ".costs";
    private static final int COLUMNS = 6;
    private static final Set<String> CONFIDENCES = Set.of("H", "M", "L", "A");
    private static final List<String> NAMES = List.of(
            "mhz",
            "guestInstruction",
            "exit",
            "hostMsr",
            "handler",
            "injection",
            "msrEmulation",
            "pageFault",
            "mmioDecode",
            "userspaceHop",
            "nestedSwitch",
            "hostInterrupt",
            "hostTask");

    /**
     * One line.
     *
     * @param confidence H, M, L, or A for an assumption
     */
    public record Cost(String name, int cycles, int lo, int hi, String confidence, String source) {}

    private final String model;
    private final Map<String, Cost> costs;

    private CostFile(String model, Map<String, Cost> costs) {
        this.model = model;
        this.costs = costs;
    }

    /** A file of the product. */
    static CostFile ofResource(String model) {
        try (InputStream in = CostFile.class.getResourceAsStream(model + SUFFIX);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return read(model, model + SUFFIX, reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of the user. What is wrong with it is an {@link IllegalArgumentException} that names file and line. */
    public static CostFile read(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        String model = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            return read(model, file.toString(), reader);
        }
    }

    private static CostFile read(String model, String file, BufferedReader reader) throws IOException {
        Map<String, Cost> costs = new LinkedHashMap<>();
        int number = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            String text = line.strip();
            if (!text.isEmpty() && !text.startsWith("#")) {
                Cost cost = parse(text, file + ":" + number);
                if (costs.put(cost.name(), cost) != null) {
                    throw new IllegalArgumentException(file + ":" + number + ": " + cost.name() + " is there twice");
                }
            }
        }
        for (String name : NAMES) {
            if (!costs.containsKey(name)) {
                throw new IllegalArgumentException(file + ": " + name + " is missing");
            }
        }
        return new CostFile(model, costs);
    }

    private static Cost parse(String text, String place) {
        String[] columns = text.split("\\s+", COLUMNS);
        if (columns.length < COLUMNS) {
            throw new IllegalArgumentException(
                    place + ": a line is name, cycles, lo, hi, H, M, L or A, and a source, not: " + text);
        } else if (!NAMES.contains(columns[0])) {
            throw new IllegalArgumentException(
                    place + ": nothing costs " + columns[0] + ", but " + String.join(", ", NAMES));
        } else if (!CONFIDENCES.contains(columns[4])) {
            throw new IllegalArgumentException(place + ": confidence is H, M, L or A, not " + columns[4]);
        }
        int cycles = number(columns[1], place);
        int lo = number(columns[2], place);
        int hi = number(columns[3], place);
        if (lo > hi || lo < 0 || cycles < 0) {
            throw new IllegalArgumentException(place + ": from " + lo + " to " + hi + " is no range");
        }
        return new Cost(columns[0], cycles, lo, hi, columns[4], columns[5]);
    }

    private static int number(String text, String place) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(place + ": " + text + " is no number of cycles", e);
        }
    }

    /** All lines in their order. */
    public List<Cost> costs() {
        return List.copyOf(costs.values());
    }

    /** The numbers that stamp times. */
    public CostModel model() {
        return new CostModel(
                model,
                cycles("mhz"),
                cycles("guestInstruction"),
                cycles("exit"),
                cycles("hostMsr"),
                cycles("handler"),
                cycles("msrEmulation"),
                cycles("pageFault"),
                cycles("mmioDecode"),
                cycles("userspaceHop"),
                cycles("hostInterrupt"),
                cycles("hostTask"),
                cycles("injection"),
                cycles("nestedSwitch"));
    }

    private int cycles(String name) {
        return costs.get(name).cycles();
    }
}
