package io.trapline.app.report;

import java.util.ArrayList;
import java.util.List;

/** Fits text into the width of a page, and keeps what a recording says from steering the terminal that shows it. */
public final class Lines {
    static final int WIDTH_MAX = 100;

    private static final String CUT = "...";

    private Lines() {}

    /** Text of foreign origin: control characters become {@code ?}. */
    public static String safe(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            boolean steers = Character.isISOControl(point) || Character.getType(point) == Character.FORMAT;
            safe.appendCodePoint(steers ? '?' : point);
        });
        return safe.toString();
    }

    /** The line as far as it fits the page. */
    public static String cut(String line) {
        return line.length() <= WIDTH_MAX ? line : line.substring(0, WIDTH_MAX - CUT.length()) + CUT;
    }

    /** Words in lines: the first begins with {@code first}, the others with as many blanks. Long words are not cut. */
    public static String wrapped(String first, String text) {
        List<String> words = new ArrayList<>(List.of(safe(text).split(" ", -1)));
        words.removeIf(String::isEmpty);
        return filled(first, words);
    }

    /** The same with things that belong together, and commas between them. */
    public static String listed(String first, List<String> things) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < things.size(); i++) {
            parts.add(safe(things.get(i)) + (i < things.size() - 1 ? "," : ""));
        }
        return filled(first, parts);
    }

    private static String filled(String first, List<String> parts) {
        StringBuilder lines = new StringBuilder();
        StringBuilder line = new StringBuilder(first);
        boolean begins = true;
        for (String part : parts) {
            if (!begins && line.length() + 1 + part.length() > WIDTH_MAX) {
                lines.append(line).append('\n');
                line = new StringBuilder(" ".repeat(first.length()));
                begins = true;
            }
            line.append(begins ? "" : " ").append(part);
            begins = false;
        }
        return lines.append(line).append('\n').toString();
    }
}
