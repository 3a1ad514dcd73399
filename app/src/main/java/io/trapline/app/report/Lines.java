package io.trapline.app.report;

import java.util.ArrayList;
import java.util.List;

/** Fits text into the width of a page, and keeps what a recording says from steering the terminal that shows it. */
final class Lines {
    static final int WIDTH_MAX = 100;

    private Lines() {}

    /** Text of foreign origin: control characters become {@code ?}. */
    static String safe(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            boolean steers = Character.isISOControl(point) || Character.getType(point) == Character.FORMAT;
            safe.appendCodePoint(steers ? '?' : point);
        });
        return safe.toString();
    }

    /** Words in lines: the first begins with {@code first}, the others with as many blanks. Long words are not cut. */
    static String wrapped(String first, String text) {
        StringBuilder lines = new StringBuilder();
        StringBuilder line = new StringBuilder(first);
        for (String word : words(text)) {
            boolean begins = line.length() <= first.length();
            if (!begins && line.length() + 1 + word.length() > WIDTH_MAX) {
                lines.append(line).append('\n');
                line = new StringBuilder(" ".repeat(first.length()));
                begins = true;
            }
            line.append(begins ? "" : " ").append(word);
        }
        return lines.append(line).append('\n').toString();
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>(List.of(safe(text).split(" ", -1)));
        words.removeIf(String::isEmpty);
        return words;
    }
}
