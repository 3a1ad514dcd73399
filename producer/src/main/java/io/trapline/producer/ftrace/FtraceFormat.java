package io.trapline.producer.ftrace;

import io.trapline.producer.line.AlignedPrefix;
import io.trapline.producer.line.LatencyPrefix;
import io.trapline.producer.line.LinePrefix;
import io.trapline.producer.line.Tokenizer;
import io.trapline.producer.text.SideLines;
import io.trapline.producer.text.TextFormat;
import io.trapline.producer.tracepoint.FormatMark;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the kernel itself prints: {@code trace}, {@code trace_pipe} and {@code per_cpu/cpuN/trace} of tracefs, with any of
 * the options that leave the text readable.
 */
public final class FtraceFormat implements TextFormat {
    /** {@code 705 0 9802829198 type: 1398}. */
    private static final Pattern RAW = Pattern.compile("[0-9]+ [0-9]+ [0-9]+ .*");

    /** {@code 000002ca 00000001 000000025af1bd51 …}. */
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{8} [0-9a-f]{8} [0-9a-f]{16} .*");

    private static final int LINE_SHOWN_MAX = 200;

    private final Tokenizer aligned = new AlignedPrefix();
    private final Tokenizer latency = new LatencyPrefix();
    private final BarePrefix bare = new BarePrefix();
    private final FtraceSideLines header = new FtraceSideLines();
    private final LinePrefix prefix = new LinePrefix();
    private boolean sawHeader;
    private int bareLines;

    @Override
    public String name() {
        return "ftrace";
    }

    @Override
    public String description() {
        return "the kernel's own text (trace, trace_pipe)";
    }

    /** An event without a prefix may be what is left of a torn first line: only two of them show something. */
    @Override
    public boolean isShownBy(byte[] line, int from, int to) {
        sawHeader |= header.isBeginning(line, from, to);
        bareLines += bare.isKnown(line, from, to, prefix) ? 1 : 0;
        return sawHeader
                || aligned.read(line, from, to, prefix)
                || latency.read(line, from, to, prefix)
                || bareLines > 1;
    }

    @Override
    public Tokenizer tokenizer() {
        return new FtraceTokenizer(sawHeader || bareLines > 1);
    }

    @Override
    public SideLines sideLines() {
        return new FtraceSideLines();
    }

    @Override
    public Set<FormatMark> marksOfTheTool() {
        return EnumSet.noneOf(FormatMark.class);
    }

    @Override
    public String refusal(byte[] line, int from, int to) {
        String text = new String(line, from, Math.min(to - from, LINE_SHOWN_MAX), StandardCharsets.ISO_8859_1);
        if (HEX.matcher(text).matches()) {
            return refusalOf("hex");
        }
        return RAW.matcher(text).matches() ? refusalOf("raw") : null;
    }

    private static String refusalOf(String option) {
        return "recorded with the option " + option + ", which leaves out what the events say: record again after"
                + " echo no" + option + " > /sys/kernel/tracing/trace_options";
    }
}
