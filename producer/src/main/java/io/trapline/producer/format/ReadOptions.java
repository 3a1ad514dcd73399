package io.trapline.producer.format;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the user says about a recording that the recording does not say itself. {@code format} is one of
 * {@link Formats#names}, or null to find out; {@code tscKhz} is what a bare integer as time counts, 0 where it is no TSC.
 */
public record ReadOptions(String format, long tscKhz) {
    /** Nothing is said. */
    public static final ReadOptions NONE = new ReadOptions(null, 0);

    public ReadOptions {
        if (format != null && !Formats.names().contains(format)) {
            throw new IllegalArgumentException(
                    "There is no input format " + format + ": name one of " + String.join(", ", Formats.names()) + ".");
        }
        if (tscKhz < 0) {
            throw new IllegalArgumentException("A TSC of " + tscKhz + " kHz: name a positive number.");
        }
    }

    /** What makes another run of the same content; empty where nothing is said. */
    public SortedMap<String, String> thatMatter() {
        Map<String, String> said = new TreeMap<>();
        if (format != null) {
            said.put("input-format", format);
        }
        if (tscKhz > 0) {
            said.put("tsc-khz", Long.toString(tscKhz));
        }
        return new TreeMap<>(said);
    }
}
