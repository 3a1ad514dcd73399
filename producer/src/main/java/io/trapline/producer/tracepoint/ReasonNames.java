package io.trapline.producer.tracepoint;

import io.trapline.producer.line.NameTable;
import io.trapline.producer.line.Text;
import io.trapline.schemas.kernel.KernelVersion;
import io.trapline.schemas.table.ExitReasons;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks printed exit reasons up without making a string of each: what was asked once is remembered. */
final class ReasonNames {
    /** A printed reason and what it means; number -1 where no kernel prints it, {@code since} null where all do. */
    record Reason(String printed, int isa, long number, KernelVersion since) {}

    /** More different reasons than any kernel has: what comes after is looked up each time. */
    private static final int REMEMBERED_MAX = 4_096;

    /** What libtraceevent's plugin prints for a number that it has no name for: {@code UNKNOWN (2147483681)}. */
    private static final Pattern UNKNOWN_TO_PLUGIN = Pattern.compile("UNKNOWN \\(([0-9]{1,10})\\)");

    private final NameTable<Reason> remembered = new NameTable<>();

    Reason of(byte[] bytes, int from, int to) {
        Reason known = remembered.get(bytes, from, to);
        return known != null ? known : lookUp(Text.string(bytes, from, to));
    }

    private Reason lookUp(String printed) {
        int isa = ExitReasons.isaOf(printed);
        Matcher plugins = UNKNOWN_TO_PLUGIN.matcher(printed);
        long number = plugins.matches() ? Long.parseLong(plugins.group(1)) : ExitReasons.number(isa, printed);
        Reason reason = new Reason(printed, isa, number, ExitReasons.since(isa, printed));
        if (remembered.size() < REMEMBERED_MAX) {
            remembered.put(printed, reason);
        }
        return reason;
    }
}
