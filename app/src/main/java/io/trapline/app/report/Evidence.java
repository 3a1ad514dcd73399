package io.trapline.app.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One event of the evidence: its time in units of the run's clock, its line or offset in the source, its text. */
public record Evidence(long seq, long time, long position, String text) {
    /** As we ourselves spell an exit. */
    private static final Pattern EXIT = Pattern.compile("kvm_exit: vcpu \\d+ reason (.+?) rip .*");

    /** The reason, if it is an exit; else null. */
    String exitReason() {
        Matcher exit = EXIT.matcher(text);
        return exit.matches() ? exit.group(1) : null;
    }
}
