package io.trapline.producer.ftrace;

import io.trapline.producer.ImportProblem;
import io.trapline.producer.ImportProblem.Code;
import java.util.ArrayList;
import java.util.List;

/** Counts what went wrong and keeps the first of it: nothing of an input disappears without being counted. */
final class ImportLedger {
    /** Unparsed lines, and places of loss, of which more than the number is kept. */
    static final int KEPT_MAX = 10;

    private static final int EXCERPT_CHARACTERS_MAX = 100;

    private final List<ImportProblem> problems = new ArrayList<>();
    private long unparsed;
    private long torn;
    private long lossMarkers;
    private long lost;

    /** A line that we cannot read, and why. */
    void unparsed(LineReader line, String why) {
        if (unparsed++ < KEPT_MAX) {
            int to = Math.min(line.to(), line.from() + EXCERPT_CHARACTERS_MAX);
            String excerpt = Text.string(line.bytes(), line.from(), to).strip();
            problems.add(new ImportProblem(Code.UNPARSED_LINE, line.number(), why + ": \"" + excerpt + "\""));
        }
    }

    void torn(LineReader line) {
        unparsed++;
        torn++;
        problems.add(new ImportProblem(
                Code.TORN_LAST_LINE, line.number(), "the last line has no end: it was cut, and is left out"));
    }

    /** {@code count} is null where the source does not say how many. */
    void lost(long line, Long count, String reason) {
        lost += count == null ? 0 : count;
        if (lossMarkers++ < KEPT_MAX) {
            String sentence = count == null ? reason : reason + ": " + count;
            problems.add(new ImportProblem(Code.LOST_EVENTS, line, sentence));
        }
    }

    void problem(Code code, String sentence) {
        problems.add(new ImportProblem(code, 0, sentence));
    }

    /** Lines that we cannot read, with a torn last one. */
    long unparsed() {
        return unparsed;
    }

    /** Whole lines that we cannot read. */
    long unparsedWhole() {
        return unparsed - torn;
    }

    long lost() {
        return lost;
    }

    long lossMarkers() {
        return lossMarkers;
    }

    List<ImportProblem> problems() {
        return List.copyOf(problems);
    }
}
