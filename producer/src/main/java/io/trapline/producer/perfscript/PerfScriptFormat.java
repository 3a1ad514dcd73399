package io.trapline.producer.perfscript;

import io.trapline.producer.line.LinePrefix;
import io.trapline.producer.line.Tokenizer;
import io.trapline.producer.text.SideLines;
import io.trapline.producer.text.TextFormat;
import io.trapline.producer.tracepoint.FormatMark;
import java.util.EnumSet;
import java.util.Set;

/** {@code perf script} of tracepoints, in its default form, with {@code --ns}, and with {@code -F +pid}. */
public final class PerfScriptFormat implements TextFormat {
    private final Tokenizer tokenizer = new PerfPrefix();
    private final LinePrefix prefix = new LinePrefix();

    @Override
    public String name() {
        return "perf-script";
    }

    @Override
    public String description() {
        return "perf script";
    }

    @Override
    public boolean isShownBy(byte[] line, int from, int to) {
        return tokenizer.read(line, from, to, prefix);
    }

    @Override
    public Tokenizer tokenizer() {
        return new PerfPrefix();
    }

    @Override
    public SideLines sideLines() {
        return new PerfSideLines();
    }

    /** Where libtraceevent's plugin is installed, perf prints with it, and it leaves out the vCPU of an exit. */
    @Override
    public Set<FormatMark> marksOfTheTool() {
        return EnumSet.of(FormatMark.EXIT_WITHOUT_VCPU);
    }
}
