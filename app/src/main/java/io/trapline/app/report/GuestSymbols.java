package io.trapline.app.report;

import io.trapline.streams.cost.HotSpots;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of functions of the guest's kernel, from its System.map or /proc/kallsyms: lines of address, type and name. They
 * are those of L1; a guest of the guest has others.
 */
public final class GuestSymbols {
    private static final Pattern LINE =
            Pattern.compile("(?<address>[0-9a-fA-F]{1,16})\\s+[A-Za-z?]\\s+(?<name>\\S+)(\\s+(?<module>\\[\\S+\\]))?");

    /** Further behind a symbol than this, it is another thing that has no name. */
    private static final long OFFSET_MAX = 1 << 20;

    private final NavigableMap<Long, String> names = new TreeMap<>(Long::compareUnsigned);

    private GuestSymbols() {}

    /**
     * The symbols of this text.
     *
     * @throws IllegalArgumentException it is not of this form, or its addresses are hidden
     */
    public static GuestSymbols read(BufferedReader text) throws IOException {
        GuestSymbols symbols = new GuestSymbols();
        int number = 0;
        for (String line = text.readLine(); line != null; line = text.readLine()) {
            number++;
            if (!line.isBlank()) {
                symbols.add(line, number);
            }
        }
        if (symbols.names.isEmpty()) {
            throw new IllegalArgumentException("no symbols");
        }
        if (symbols.names.lastKey() == 0) {
            throw new IllegalArgumentException(
                    "all addresses are 0: the kernel hid them; copy /proc/kallsyms of the guest as its root, with"
                            + " kernel.kptr_restrict at most 1");
        }
        return symbols;
    }

    private void add(String line, int number) {
        Matcher matcher = LINE.matcher(line.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("line " + number
                    + " is no symbol (address, type, name): give the guest's System.map or /proc/kallsyms");
        }
        String module = matcher.group("module");
        String name = matcher.group("name") + (module == null ? "" : " " + module);
        names.putIfAbsent(Long.parseUnsignedLong(matcher.group("address"), 16), name);
    }

    /** The place with its name, where it has one. */
    HotPlace name(HotPlace place) {
        boolean code = place.name().kind().equals(HotSpots.RIPS)
                && place.name().level().equals("L1");
        return code ? place.named(nameOf(place.name().address())) : place;
    }

    /** {@code default_idle+0x1c}; null where no symbol is near. */
    String nameOf(long address) {
        Long symbol = names.floorKey(address);
        if (symbol == null || address - symbol > OFFSET_MAX) {
            return null;
        }
        long offset = address - symbol;
        return names.get(symbol) + (offset == 0 ? "" : "+0x" + Long.toHexString(offset));
    }
}
