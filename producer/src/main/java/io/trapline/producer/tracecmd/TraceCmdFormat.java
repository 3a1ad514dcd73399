package io.trapline.producer.tracecmd;

import io.trapline.producer.line.AlignedPrefix;
import io.trapline.producer.line.LatencyPrefix;
import io.trapline.producer.line.LineCursor;
import io.trapline.producer.line.LinePrefix;
import io.trapline.producer.line.Text;
import io.trapline.producer.line.Tokenizer;
import io.trapline.producer.text.SideLines;
import io.trapline.producer.text.TextFormat;
import io.trapline.producer.tracepoint.FormatMark;
import java.util.EnumSet;
import java.util.Set;

/**
 * {@code trace-cmd report}, with its plugin for kvm or without ({@code -N}), raw ({@code -R}), with full times ({@code -t})
 * and with flags ({@code -l}). It is told from the kernel's text by its first line, or by the blanks that it puts between
 * the name of an event and its body.
 */
public final class TraceCmdFormat implements TextFormat {
    /** Where the body begins, counted from the beginning of the name, unless the name is too long for it. */
    private static final int BODY_COLUMN = 22;

    private static final byte[] CPUS = Text.of("cpus=");

    private final LineCursor cursor = new LineCursor();
    private final Tokenizer tokenizer = tokenizer();
    private final LinePrefix prefix = new LinePrefix();

    @Override
    public String name() {
        return "trace-cmd";
    }

    @Override
    public String description() {
        return "trace-cmd report";
    }

    @Override
    public boolean isShownBy(byte[] line, int from, int to) {
        return isFirstLine(line, from, to) || tokenizer.read(line, from, to, prefix) && isPadded(line, to);
    }

    private boolean isFirstLine(byte[] line, int from, int to) {
        cursor.on(line, from, to);
        boolean named = cursor.skip(CPUS);
        cursor.decimal();
        return named && cursor.fittedToTheEnd();
    }

    private boolean isPadded(byte[] line, int to) {
        int from = prefix.nameFrom();
        int colon = prefix.nameTo();
        boolean room = colon > from && colon + 1 - from < BODY_COLUMN - 1 && from + BODY_COLUMN < to;
        for (int at = colon + 1; room && at < from + BODY_COLUMN; at++) {
            room = line[at] == ' ';
        }
        return room;
    }

    @Override
    public Tokenizer tokenizer() {
        Tokenizer aligned = new AlignedPrefix();
        Tokenizer latency = new LatencyPrefix();
        return (line, from, to, into) -> aligned.read(line, from, to, into) || latency.read(line, from, to, into);
    }

    @Override
    public SideLines sideLines() {
        return new TraceCmdSideLines();
    }

    /**
     * The plugin leaves out the vCPU of an exit as kernels up to 5.3 did, and how many characters of flags {@code -l} prints
     * is its own affair, whatever kernel recorded.
     */
    @Override
    public Set<FormatMark> marksOfTheTool() {
        return EnumSet.of(FormatMark.EXIT_WITHOUT_VCPU, FormatMark.FOUR_FLAGS, FormatMark.FIVE_FLAGS);
    }
}
