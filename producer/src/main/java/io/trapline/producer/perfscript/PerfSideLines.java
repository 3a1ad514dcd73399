package io.trapline.producer.perfscript;

import io.trapline.producer.identity.Loss;
import io.trapline.producer.line.LineReader;
import io.trapline.producer.line.Text;
import io.trapline.producer.text.SideLine;
import io.trapline.producer.text.SideLines;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Comments ({@code --header}), frames of call chains, blank lines between them, and the records that are no events. Loss
 * is said by {@code --show-lost-events}.
 */
final class PerfSideLines implements SideLines {
    /** More than a symbol of C++ with its file has. */
    private static final int LINE_READ_MAX = 4_096;

    /**
     * {@code 	ffffffffc07a1b2c vmx_vcpu_run+0x1c ([kvm_intel])}, {@code [unknown] ([unknown])}, {@code … (inlined)}, or, asked
     * for without symbols, the address alone. A line of an event that was damaged has no such end.
     */
    private static final Pattern FRAME = Pattern.compile("\\s+[0-9a-f]{1,16}( .*\\))?\\s*");

    /** {@code   CPU 0/KVM   172 [001]    22.8: PERF_RECORD_LOST lost 13}; what is in front of it depends on options. */
    private static final Pattern LOST =
            Pattern.compile(".*\\[([0-9]{1,5})\\].*PERF_RECORD_LOST(?:_SAMPLES)? lost ([0-9]{1,18})\\s*");

    private static final Pattern OTHER_RECORD = Pattern.compile(".*PERF_RECORD_[A-Z_0-9]+.*");

    /** {@code # os release : 6.1.0-56-amd64}. */
    private static final Pattern RELEASE = Pattern.compile("# os release : (\\S+).*");

    @Override
    public SideLine read(LineReader line) {
        int to = Math.min(line.to(), line.from() + LINE_READ_MAX);
        String text = Text.string(line.bytes(), line.from(), to);
        if (text.startsWith("#")) {
            Matcher release = RELEASE.matcher(text);
            return release.matches() ? new SideLine.Kernel(release.group(1)) : SideLine.IGNORED;
        }
        Matcher lost = LOST.matcher(text);
        if (lost.matches()) {
            int cpu = Integer.parseInt(lost.group(1));
            long count = Long.parseLong(lost.group(2));
            return new SideLine.Lost(new Loss(cpu, count, "CPU " + cpu + " lost events", line.number()));
        }
        boolean known = text.isBlank()
                || FRAME.matcher(text).matches()
                || OTHER_RECORD.matcher(text).matches();
        return known ? SideLine.IGNORED : null;
    }
}
