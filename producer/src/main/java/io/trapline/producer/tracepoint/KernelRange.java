package io.trapline.producer.tracepoint;

import io.trapline.producer.RecordingSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kernels that print all the forms seen; a bound is null where there is none. {@code marks} says what bounded it. */
public record KernelRange(String from, String to, List<FormatMark> marks) {

    private static final Pattern RELEASE = Pattern.compile("^([0-9]+\\.[0-9]+)");

    private static final Comparator<String> BY_VERSION =
            Comparator.<String>comparingInt(KernelRange::major).thenComparingInt(KernelRange::minor);

    /** The intersection of what the marks (bits of {@link FormatMark}) allow; it may be empty: see {@link #isEmpty}. */
    public static KernelRange of(long bits) {
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

    /** The range of a recording that names its kernel, such as {@code 6.1.0-56-amd64}; null or a name that is none changes nothing. */
    public KernelRange with(String release) {
        Matcher version = RELEASE.matcher(release == null ? "" : release);
        if (!version.find()) {
            return this;
        }
        String named = version.group(1);
        // A stable tree prints what later kernels print, too: its name says more than its forms.
        return new KernelRange(named, named, List.of());
    }

    /** How the range was found. */
    public String found() {
        return marks.isEmpty() ? RecordingSummary.FROM_RECORDING : RecordingSummary.FROM_FORMATS;
    }

    /** Forms that exclude each other: a distribution's kernel carries some of them back, or files were joined. */
    public boolean isEmpty() {
        return from != null && to != null && BY_VERSION.compare(from, to) > 0;
    }

    public boolean isUnbounded() {
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
