package io.trapline.producer.ftrace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The kernels that print all the forms seen; a bound is null where there is none. {@code marks} says what bounded it. */
record KernelRange(String from, String to, List<FormatMark> marks) {

    private static final Comparator<String> BY_VERSION =
            Comparator.<String>comparingInt(KernelRange::major).thenComparingInt(KernelRange::minor);

    /** The intersection of what the marks (bits of {@link FormatMark}) allow; it may be empty: see {@link #isEmpty}. */
    static KernelRange of(long bits) {
        String from = null;
        String to = null;
        List<FormatMark> marks = new ArrayList<>();
        for (FormatMark mark : FormatMark.values()) {
            if ((bits & mark.bit()) != 0) {
                marks.add(mark);
                from = later(from, mark.from());
                to = earlier(to, mark.to());
            }
        }
        return new KernelRange(from, to, List.copyOf(marks));
    }

    /** Forms that exclude each other: a distribution's kernel carries some of them back, or files were joined. */
    boolean isEmpty() {
        return from != null && to != null && BY_VERSION.compare(from, to) > 0;
    }

    boolean isUnbounded() {
        return from == null && to == null;
    }

    private static String later(String a, String b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return BY_VERSION.compare(a, b) >= 0 ? a : b;
    }

    private static String earlier(String a, String b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return BY_VERSION.compare(a, b) <= 0 ? a : b;
    }

    private static int major(String version) {
        return Integer.parseInt(version.substring(0, version.indexOf('.')));
    }

    private static int minor(String version) {
        return Integer.parseInt(version.substring(version.indexOf('.') + 1));
    }
}
