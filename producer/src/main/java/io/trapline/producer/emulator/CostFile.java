package io.trapline.producer.emulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Costs as a person writes them: a name, its cycles, the range, how sure that is, and who says so. The cycles stamp the times
 * of emulated runs; who prices a recording takes the ranges.
 */
public final class CostFile {
    public static final String EXIT_ROUND_TRIP = "exitRoundTrip";
    public static final String RDMSR = "rdmsr";
    public static final String WRMSR = "wrmsr";
    public static final String INJECTION = "injection";
    public static final String EB01_REFRESH = "eb01Refresh";

    private static final String MHZ = "mhz";
    private static final String EXIT = "exit";
    private static final String SUFFIX = ".costs";
    private static final int COLUMNS = 6;
    private static final Set<String> CONFIDENCES = Set.of("H", "M", "L", "A");
    private static final List<String> NAMES = List.of(
            MHZ,
            "guestInstruction",
            EXIT_ROUND_TRIP,
            EXIT,
            RDMSR,
            WRMSR,
            INJECTION,
            EB01_REFRESH,
            "msrEmulation",
            "pageFault",
            "mmioDecode",
            "userspaceHop",
            "nestedSwitch",
            "hostInterrupt",
            "hostTask");

    /** The file of the product: a server of 2 GHz. */
    public static final CostFile SERVER = ofResource("server-2000mhz");

    /**
     * One line.
     *
     * @param cycles from {@code lo} to {@code hi}
     * @param confidence H, M, L, or A for an assumption
     */
    public record Cost(String name, int cycles, int lo, int hi, String confidence, String source) {}

    private final String model;
    private final String text;
    private final Map<String, Cost> costs;

    private CostFile(String model, String text, Map<String, Cost> costs) {
        this.model = model;
        this.text = text;
        this.costs = costs;
    }

    private static CostFile ofResource(String model) {
        try (InputStream in = CostFile.class.getResourceAsStream(model + SUFFIX)) {
            return read(model, model + SUFFIX, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of the user. What is wrong with it is an {@link IllegalArgumentException} that names file and line. */
    public static CostFile read(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        String model = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
        return read(model, file.toString(), Files.readString(file));
    }

    private static CostFile read(String model, String file, String text) {
        Map<String, Cost> costs = new LinkedHashMap<>();
        Map<String, String> places = new HashMap<>();
        List<String> lines = text.lines().map(String::strip).toList();
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1);
            if (!line.isEmpty() && !line.startsWith("#")) {
                String place = file + ":" + number;
                Cost cost = parse(line, place);
                if (costs.put(cost.name(), cost) != null) {
                    throw new IllegalArgumentException(place + ": " + cost.name() + " is there twice");
                }
                places.put(cost.name(), place);
            }
        }
        for (String name : NAMES) {
            if (!costs.containsKey(name)) {
                throw new IllegalArgumentException(file + ": " + name + " is missing");
            }
        }
        CostFile read = new CostFile(model, text, costs);
        if (read.handler() < 0) {
            throw new IllegalArgumentException(places.get(EXIT) + ": an " + EXIT + " and an entry of "
                    + read.cycles(EXIT) + " each do not fit into an " + EXIT_ROUND_TRIP + " of "
                    + read.cycles(EXIT_ROUND_TRIP));
        }
        return read;
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
        if (lo > hi || lo < 0) {
            throw new IllegalArgumentException(place + ": from " + lo + " to " + hi + " is no range");
        } else if (cycles < lo || cycles > hi) {
            throw new IllegalArgumentException(place + ": " + cycles + " is not from " + lo + " to " + hi);
        } else if (columns[0].equals(MHZ) && cycles == 0) {
            throw new IllegalArgumentException(place + ": a CPU of 0 MHz never gets anywhere");
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

    /** The line of this name, which is one of the constants here. */
    public Cost cost(String name) {
        return costs.get(name);
    }

    /** The file as it was read, to begin one's own from. */
    public String text() {
        return text;
    }

    /** The numbers that stamp times. */
    public CostModel model() {
        return new CostModel(
                model,
                cycles(MHZ),
                cycles("guestInstruction"),
                cycles(EXIT),
                cycles(RDMSR),
                cycles(WRMSR),
                (int) handler(),
                cycles("msrEmulation"),
                cycles("pageFault"),
                cycles("mmioDecode"),
                cycles("userspaceHop"),
                cycles("hostInterrupt"),
                cycles("hostTask"),
                cycles(INJECTION),
                cycles("nestedSwitch"),
                cycles(EB01_REFRESH));
    }

    /** The round trip is what has been measured; the handler has what the hardware leaves of it. */
    private long handler() {
        return cycles(EXIT_ROUND_TRIP) - 2L * cycles(EXIT);
    }

    private int cycles(String name) {
        return costs.get(name).cycles();
    }
}
