package io.trapline.producer.ftrace;

import io.trapline.producer.EventSink;
import io.trapline.producer.RecordingSummary;
import io.trapline.producer.identity.EventRouter;
import io.trapline.producer.identity.Loss;
import io.trapline.producer.identity.Origin;
import io.trapline.producer.source.TraceInput;
import io.trapline.producer.source.UnreadableInput;
import java.util.ArrayList;
import java.util.List;

/**
 * Imports the text of the kernel's {@code trace} or {@code trace_pipe}: each line becomes an event in the stream of its
 * vCPU or physical CPU. One importer reads one recording.
 */
public final class FtraceImporter {
    /** Name of the format in run records. */
    public static final String FORMAT = "ftrace";

    /** Events of a chunk on the topic, at most. */
    public static final int CHUNK_EVENTS_MAX = 1_024;

    /** A text without an event in so many lines is no trace: nobody has to wait for its end. */
    static final int LINES_WITHOUT_EVENT_MAX = 100_000;

    private static final int NO_CLOCK = -1;

    private final String run;
    private final int chunkMax;
    private final EventSink sink;

    private final ImportLedger ledger = new ImportLedger();
    private final LinePrefix prefix = new LinePrefix();
    private final HeaderReader header = new HeaderReader();
    private final EventReader events = new EventReader();
    private final EventDraft draft = new EventDraft();
    private final Origin origin = new Origin();

    /** Losses in front of the first event: the clock is not known before it, nor the router made. */
    private final List<Loss> earlyLosses = new ArrayList<>();

    private EventRouter router;
    private int timeDigits = NO_CLOCK;
    private boolean sawHeader;
    private long marks;
    private int isaBits;

    /** Streams are keyed with {@code run}; chunks of at most {@code chunkMax} events go to {@code sink}. */
    public FtraceImporter(String run, int chunkMax, EventSink sink) {
        if (chunkMax < 1) {
            throw new IllegalArgumentException("a chunk of " + chunkMax + " events");
        }
        this.run = run;
        this.chunkMax = chunkMax;
        this.sink = sink;
    }

    /**
     * Reads to the end, which the sink has all events of when this returns. Bad lines are counted in the summary; an input
     * that is no trace at all is refused before the sink got anything.
     */
    public RecordingSummary run(TraceInput input) throws UnreadableInput {
        LineReader lines = new LineReader(input.text());
        BinaryCheck.check(input.name(), lines.peek(BinaryCheck.PEEK_BYTES));
        while (lines.next()) {
            readLine(lines);
            if (router == null && lines.number() >= LINES_WITHOUT_EVENT_MAX) {
                break;
            }
        }
        TraceSummary summary = new TraceSummary(input, ledger, lines);
        if (router == null) {
            return summary.withoutEvents(sawHeader);
        }
        router.finish();
        return summary.of(router, timeDigits, marks, isaBits);
    }

    private void readLine(LineReader line) {
        if (line.isTorn()) {
            ledger.torn(line);
        } else if (line.to() > line.from() && line.bytes()[line.from()] == '#') {
            readHeader(line);
        } else if (prefix.read(line.bytes(), line.from(), line.to())) {
            readEvent(line);
        } else if (!isBlank(line) && !readLoss(line)) {
            ledger.unparsed(line, "no event");
        }
    }

    private void readHeader(LineReader line) {
        sawHeader |= header.isHeader(line);
        long overwritten = header.overwritten(line);
        if (overwritten > 0) {
            // Where they are missing, the lines "buffer started" tell.
            ledger.lost(line.number(), overwritten, "older events were overwritten");
        }
        readLoss(line);
    }

    private boolean readLoss(LineReader line) {
        Loss loss = header.loss(line);
        if (loss == null) {
            return false;
        }
        ledger.lost(loss.line(), loss.lost(), loss.reason());
        if (router == null) {
            earlyLosses.add(loss);
        } else {
            router.lost(loss);
        }
        return true;
    }

    private void readEvent(LineReader line) {
        if (!isOfThisClock()) {
            ledger.unparsed(line, "a time of another clock");
            return;
        }
        draft.reset(prefix, line.number());
        String unparsed = events.read(line.bytes(), prefix.nameFrom(), line.to(), draft);
        if (unparsed != null) {
            ledger.unparsed(line, unparsed);
        }
        origin.thread(prefix.pid(), prefix.tgid());
        origin.comm(line.bytes(), prefix.commFrom(), prefix.commTo());
        origin.vcpu(draft.vcpu());
        learnFromForm();
        router.route(draft.row(), origin);
    }

    private boolean isOfThisClock() {
        if (timeDigits == NO_CLOCK) {
            timeDigits = prefix.timeDigits();
            router = new EventRouter(run, TraceClock.hz(timeDigits), chunkMax, sink);
            earlyLosses.forEach(router::lost);
        }
        return timeDigits == prefix.timeDigits();
    }

    private void learnFromForm() {
        marks |= draft.marks();
        isaBits |= 1 << draft.isaSeen();
        if (prefix.flagCharacters() == FlagColumn.CHARACTERS) {
            marks |= FormatMark.FIVE_FLAGS.bit();
        } else if (prefix.flagCharacters() == FlagColumn.CHARACTERS_BEFORE_MIGRATE_DISABLE) {
            marks |= FormatMark.FOUR_FLAGS.bit();
        }
    }

    private static boolean isBlank(LineReader line) {
        for (int i = line.from(); i < line.to(); i++) {
            if (line.bytes()[i] != ' ') {
                return false;
            }
        }
        return true;
    }
}
