package io.trapline.schemas.kernel;

/** A kernel as a profile names it: {@code 6.12}; what follows the second number says nothing about rules. */
public record KernelVersion(int major, int minor) implements Comparable<KernelVersion> {
    private static final int LAST_MINOR = 19;

    /** Reads {@code major.minor}; null (not bounded) stays null, and so does what is no version. */
    public static KernelVersion of(String text) {
        if (text == null) {
            return null;
        }
        int dot = text.indexOf('.');
        int end = dot + 1;
        while (dot > 0 && end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        try {
            return dot <= 0 || end == dot + 1
                    ? null
                    : new KernelVersion(
                            Integer.parseInt(text.substring(0, dot)), Integer.parseInt(text.substring(dot + 1, end)));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** The kernel before this one: 4.20 apart, series ended with their nineteenth. */
    public KernelVersion before() {
        return minor > 0 ? new KernelVersion(major, minor - 1) : new KernelVersion(major - 1, LAST_MINOR);
    }

    @Override
    public int compareTo(KernelVersion other) {
        int byMajor = Integer.compare(major, other.major);
        return byMajor != 0 ? byMajor : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
