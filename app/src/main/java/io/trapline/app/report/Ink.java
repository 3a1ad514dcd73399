package io.trapline.app.report;

/** Colours for a terminal, or none: what is not written for one stays plain text. */
public final class Ink {
    private static final String RESET = "\u001b[0m";

    private final boolean colours;

    public Ink(boolean colours) {
        this.colours = colours;
    }

    public String heading(String text) {
        return paint("\u001b[1m", text);
    }

    public String alarm(String text) {
        return paint("\u001b[1;31m", text);
    }

    public String warning(String text) {
        return paint("\u001b[33m", text);
    }

    public String good(String text) {
        return paint("\u001b[32m", text);
    }

    public String faint(String text) {
        return paint("\u001b[2m", text);
    }

    private String paint(String code, String text) {
        return colours && !text.isEmpty() ? code + text + RESET : text;
    }
}
