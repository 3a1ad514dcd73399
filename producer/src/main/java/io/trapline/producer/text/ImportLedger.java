package io.trapline.producer.text;

import io.trapline.producer.ImportProblem;
import io.trapline.producer.ImportProblem.Code;
import io.trapline.producer.LinesRead;
import io.trapline.producer.identity.Loss;
import io.trapline.producer.line.LineReader;
import io.trapline.producer.line.Text;
import io.trapline.producer.tracepoint.EventDraft;
import io.trapline.producer.tracepoint.EventReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Keeps the books of one import: nothing that is not understood goes without being counted. */
final class ImportLedger {
    /** Unparsed lines, places of loss, and slices, of which more than the number is kept. */
    static final int KEPT_MAX = 10;

    /** Where events without a parser are counted whose name is one too many. */
    static final String OTHER_NAMES = "(other names)";

    private static final int EXCERPT_CHARACTERS_MAX = 100;

    private final List<ImportProblem> problems = new ArrayList<>();
    private long events;
    private long others;
    private long unread;
    private long slices;
    private long ofOtherNames;
    private final SortedMap<String, long[]> untyped = new TreeMap<>();
    private long unparsed;
    private long torn;
    private long tooLong;
    private long lossMarkers;
    private long lost;

    /** Header of a part of the input: what it says should follow, and what did. -1 where no header said anything. */
    private long announced = -1;

    private long announcedLine;
    private long eventLines;

    /** A line that is no event, and belongs there. */
    void otherLine() {
        others++;
    }

    /** A line of which nobody knows what it was. */
    void unreadLine() {
        unread++;
    }

    LinesRead linesRead() {
        return new LinesRead(events, others, unread);
    }

    /** A line, or an event of one, that we cannot read, and why. */
    void unparsed(LineReader line, String why) {
        if (unparsed++ < KEPT_MAX) {
            int to = Math.min(line.to(), line.from() + EXCERPT_CHARACTERS_MAX);
            String excerpt =
                    printable(Text.string(line.bytes(), line.from(), to)).strip();
            problems.add(new ImportProblem(Code.UNPARSED_LINE, line.number(), why + ": \"" + excerpt + "\""));
        }
    }

    /** What a terminal would take for an order, and the rest of a broken file, as question marks. */
    private static String printable(String text) {
        return text.codePoints()
                .map(character -> Character.isISOControl(character) && character != '\t' ? '?' : character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    void torn(LineReader line) {
        unparsed++;
        torn++;
        problems.add(new ImportProblem(
                Code.TORN_LAST_LINE,
                line.number(),
                "the last line has no end: nobody knows what was cut off, so only its text is kept"));
    }

    void tooLong(LineReader line) {
        unparsed++;
        if (tooLong++ == 0) {
            problems.add(new ImportProblem(
                    Code.LINE_TOO_LONG,
                    line.number(),
                    "a line of more than " + line.lineBytesMax() + " bytes is no event: it is left out"));
        }
    }

    void lost(Loss loss) {
        lost += loss.lost() == null ? 0 : loss.lost();
        if (lossMarkers++ < KEPT_MAX) {
            String sentence = loss.lost() == null ? loss.reason() : loss.reason() + ": " + loss.lost();
            problems.add(new ImportProblem(Code.LOST_EVENTS, loss.line(), sentence));
        }
    }

    /** A header says what the recorder had. What was written and is no longer in the buffer is lost. */
    void entries(SideLine.Entries entries, long line) {
        closePart();
        announced = entries.inBuffer();
        announcedLine = line;
        eventLines = 0;
        long overwritten = entries.written() - entries.inBuffer();
        if (overwritten > 0) {
            // Where they are missing, the lines "buffer started" tell.
            lost(new Loss(Loss.EVERY_CPU, overwritten, "older events were overwritten", line));
        }
    }

    void eventLine() {
        events++;
        eventLines++;
    }

    /** A part of the input is over: it has as many events as its header says, or somebody cut a slice out of it. */
    void closePart() {
        if (announced >= 0 && announced != eventLines && slices++ < KEPT_MAX) {
            problems.add(new ImportProblem(
                    Code.SLICE,
                    announcedLine,
                    "the header tells of " + announced + " events, " + eventLines
                            + " follow: this is a slice of what was recorded"));
        }
        announced = -1;
    }

    /** Every line is one thing, and every line of an event became one event; {@code routed} leaves out gaps and copies. */
    void close(long lines, long routed) {
        if (lines != events + others + unread) {
            problem(
                    Code.BOOKS_DO_NOT_BALANCE,
                    lines + " lines are not " + events + " events, " + others + " others and " + unread
                            + " that nobody understands");
        }
        if (routed != events) {
            problem(Code.BOOKS_DO_NOT_BALANCE, events + " lines were events, but " + routed + " events left");
        }
    }

    /** An event that has no parser. */
    void untyped(String name) {
        long[] count = untyped.get(name);
        if (count == null) {
            boolean fits = untyped.size() < EventReader.NAMES_MAX;
            ofOtherNames += fits ? 0 : 1;
            count = untyped.computeIfAbsent(fits ? name : OTHER_NAMES, fresh -> new long[1]);
        }
        count[0]++;
    }

    /** Says what was more than is kept. {@code cutTexts} events had too long a text. */
    void limits(long cutTexts) {
        if (ofOtherNames > 0) {
            problem(
                    Code.LIMIT_REACHED,
                    "more than " + EventReader.NAMES_MAX + " names of events without a parser: " + ofOtherNames
                            + " events of further names are counted together");
        }
        if (cutTexts > 0) {
            problem(
                    Code.LIMIT_REACHED,
                    "more than " + EventDraft.TEXT_MAX + " characters of text in an event: of " + cutTexts
                            + " the rest is left out");
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

    /** Events without a parser, by name. */
    Map<String, Long> untyped() {
        SortedMap<String, Long> counts = new TreeMap<>();
        untyped.forEach((name, count) -> counts.put(name, count[0]));
        return counts;
    }

    List<ImportProblem> problems() {
        return List.copyOf(problems);
    }
}
