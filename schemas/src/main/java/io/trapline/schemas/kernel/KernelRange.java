package io.trapline.schemas.kernel;

import java.util.Optional;
import java.util.regex.Pattern;

/** Kernels from one version up to another, both included; a bound is null where there is none. Never empty. */
public record KernelRange(KernelVersion from, KernelVersion to) {
    /** Every kernel. */
    public static final KernelRange ALL = new KernelRange(null, null);

    private static final String ANY = "any";

    private static final String DOTS = "..";

    /** {@code 6.1}, and what uname -r makes of it. Not {@code 5.17-6.13}: that means a range. */
    private static final Pattern VERSION = Pattern.compile("[0-9]+\\.[0-9]+(\\.[0-9]\\S*|-rc[0-9]+)?");

    public KernelRange {
        if (from != null && to != null && from.compareTo(to) > 0) {
            throw new IllegalArgumentException("no kernel is " + from + " or later and " + to + " or earlier");
        }
    }

    /** The range between two versions as rows and documents spell them, null where it is not bounded. */
    public static KernelRange of(String from, String to) {
        return new KernelRange(KernelVersion.of(from), KernelVersion.of(to));
    }

    /** Kernels up to this one. */
    public static KernelRange upTo(KernelVersion last) {
        return new KernelRange(null, last);
    }

    /** Kernels from this one on. */
    public static KernelRange since(KernelVersion first) {
        return new KernelRange(first, null);
    }

    /**
     * Reads what {@link #toString} writes, and what people write in its place; of a version only the first two numbers
     * count.
     *
     * @throws IllegalArgumentException it is none, with a sentence that says why
     */
    public static KernelRange parse(String text) {
        if (text.equals(ANY)) {
            return ALL;
        }
        int dots = text.indexOf(DOTS);
        if (dots < 0) {
            KernelVersion version = version(text);
            return new KernelRange(version, version);
        }
        if (text.equals(DOTS)) {
            throw new IllegalArgumentException("'..' bounds nothing: say any for every kernel");
        }
        return new KernelRange(bound(text.substring(0, dots)), bound(text.substring(dots + DOTS.length())));
    }

    private static KernelVersion bound(String text) {
        return text.isEmpty() ? null : version(text);
    }

    private static KernelVersion version(String text) {
        KernelVersion version = VERSION.matcher(text).matches() ? KernelVersion.of(text) : null;
        if (version == null) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no kernel version: say 6.1, 5.17..6.13, 6.14.. or ..6.4");
        }
        return version;
    }

    /** Whether every kernel of the other range is one of this. */
    public boolean holdsAll(KernelRange other) {
        return (from == null || other.from != null && from.compareTo(other.from) <= 0)
                && (to == null || other.to != null && to.compareTo(other.to) >= 0);
    }

    /** Whether any kernel of the other range is one of this. */
    public boolean holdsAny(KernelRange other) {
        return notAbove(from, other.to) && notAbove(other.from, to);
    }

    /** The kernels that are in both ranges, if there are any. */
    public Optional<KernelRange> inCommon(KernelRange other) {
        if (!holdsAny(other)) {
            return Optional.empty();
        }
        KernelVersion first = from == null || other.from == null ? either(from, other.from) : later(from, other.from);
        KernelVersion last = to == null || other.to == null ? either(to, other.to) : earlier(to, other.to);
        return Optional.of(new KernelRange(first, last));
    }

    private static KernelVersion either(KernelVersion a, KernelVersion b) {
        return a == null ? b : a;
    }

    /** All kernels of both ranges and those between them. */
    public KernelRange hull(KernelRange other) {
        KernelVersion first = from == null || other.from == null ? null : earlier(from, other.from);
        KernelVersion last = to == null || other.to == null ? null : later(to, other.to);
        return new KernelRange(first, last);
    }

    private static KernelVersion earlier(KernelVersion a, KernelVersion b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static KernelVersion later(KernelVersion a, KernelVersion b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static boolean notAbove(KernelVersion low, KernelVersion high) {
        return low == null || high == null || low.compareTo(high) <= 0;
    }

    /** The range in words: {@code kernel 6.4 or earlier}. */
    public String inWords() {
        if (from == null && to == null) {
            return "any kernel";
        }
        if (from == null) {
            return "kernel " + to + " or earlier";
        }
        if (to == null) {
            return "kernel " + from + " or later";
        }
        return from.equals(to) ? "kernel " + from : "a kernel from " + from + " to " + to;
    }

    /** As documents and {@code --profile} spell it: {@code 6.1}, {@code 5.17..6.13}, {@code 6.14..}, {@code any}. */
    @Override
    public String toString() {
        if (from == null && to == null) {
            return ANY;
        }
        if (from != null && from.equals(to)) {
            return from.toString();
        }
        return (from == null ? "" : from) + DOTS + (to == null ? "" : to);
    }
}
