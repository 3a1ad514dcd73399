package io.trapline.producer.text;

import io.trapline.producer.EventSink;
import io.trapline.producer.RecordingSummary;
import io.trapline.producer.identity.EventRouter;
import io.trapline.producer.identity.Loss;
import io.trapline.producer.identity.Origin;
import io.trapline.producer.line.Clocks;
import io.trapline.producer.line.FlagColumn;
import io.trapline.producer.line.LinePrefix;
import io.trapline.producer.line.LineReader;
import io.trapline.producer.line.Tokenizer;
import io.trapline.producer.source.TraceInput;
import io.trapline.producer.source.UnreadableInput;
import io.trapline.producer.tracepoint.EventDraft;
import io.trapline.producer.tracepoint.EventReader;
import io.trapline.producer.tracepoint.FormatMark;
import io.trapline.producer.tracepoint.KernelInference;
import io.trapline.schemas.event.EventFields.OtherEvent;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.GapReasons;
import java.util.ArrayList;
import java.util.List;

/**
 * Imports text of any format: each line is taken apart by the format's tokenizer, its event read by the parser of its
 * tracepoint, and put into the stream of its vCPU or physical CPU. One importer reads one recording.
 */
public final class TextImporter {
    private static final int NO_CLOCK = -1;

    private final TextFormat format;
    private final Tokenizer tokenizer;
    private final SideLines sideLines;
    private final String run;
    private final int chunkMax;
    private final long tscKhz;
    private final EventSink sink;

    private final ImportLedger ledger = new ImportLedger();
    private final LinePrefix prefix = new LinePrefix();
    private final EventReader events = new EventReader();
    private final EventDraft draft = new EventDraft();
    private final Origin origin = new Origin();

    /** Losses in front of the first event: the clock is not known before it, nor the router made. */
    private final List<Loss> earlyLosses = new ArrayList<>();

    private EventRouter router;
    private int timeDigits = NO_CLOCK;
    private boolean sawBeginning;
    private boolean afterUnknown;
    private String name;
    private String kernel;
    private final KernelInference kernels = new KernelInference();
    private int isaBits;

    /**
     * Streams are keyed with {@code run}; chunks of at most {@code chunkMax} events go to {@code sink}. {@code tscKhz} says
     * what a bare integer as time counts, 0 where nobody knows.
     */
    public TextImporter(TextFormat format, String run, int chunkMax, long tscKhz, EventSink sink) {
        if (chunkMax < 1) {
            throw new IllegalArgumentException("a chunk of " + chunkMax + " events");
        }
        this.format = format;
        this.tokenizer = format.tokenizer();
        this.sideLines = format.sideLines();
        this.run = run;
        this.chunkMax = chunkMax;
        this.tscKhz = tscKhz;
        this.sink = sink;
    }

    /**
     * Reads {@code lines} of {@code input} to the end, which the sink has all events of when this returns. Bad lines are
     * counted in the summary; an input that is no trace at all is refused before the sink got anything.
     */
    public RecordingSummary run(TraceInput input, LineReader lines) throws UnreadableInput {
        name = input.name();
        while (lines.next()) {
            readLine(lines);
        }
        ledger.closePart();
        ledger.limits(draft.cutTexts());
        TextSummary summary = new TextSummary(format, input, ledger, lines, kernel);
        if (router == null) {
            return summary.withoutEvents(sawBeginning);
        }
        router.finish();
        kernels.forget(format.marksOfTheTool());
        return summary.of(router, Clocks.of(timeDigits, tscKhz), kernels, isaBits);
    }

    /** The source is live and pauses: what has been read is handed on, whole chunks or not. */
    public void pause() {
        if (router != null) {
            router.flush();
            sink.pause();
        }
    }

    private void readLine(LineReader line) throws UnreadableInput {
        if (line.isTooLong()) {
            ledger.tooLong(line);
            ledger.unreadLine();
            unknown(line);
        } else if (tokenizer.read(line.bytes(), line.from(), line.to(), prefix)) {
            readEvent(line);
        } else {
            readSideLine(line);
        }
    }

    private void readSideLine(LineReader line) throws UnreadableInput {
        if (line.isTorn()) {
            ledger.torn(line);
            ledger.unreadLine();
            return;
        }
        SideLine side = sideLines.read(line);
        if (side == null) {
            refuseIfHopeless(line);
            ledger.unparsed(line, "no event");
            ledger.unreadLine();
            unknown(line);
            return;
        }
        ledger.otherLine();
        if (side instanceof SideLine.Lost lost) {
            lost(lost.loss());
        } else if (side instanceof SideLine.Entries entries) {
            ledger.entries(entries, line.number());
        } else if (side instanceof SideLine.Kernel named) {
            kernel = named.release();
        } else if (side instanceof SideLine.Beginning) {
            sawBeginning = true;
            anotherBegins(line);
        }
    }

    /** Two recordings in one file: what happened between them nobody knows. */
    private void anotherBegins(LineReader line) {
        if (router != null) {
            lost(new Loss(Loss.EVERY_CPU, null, GapReasons.ANOTHER_RECORDING, line.number()));
        }
    }

    private void refuseIfHopeless(LineReader line) throws UnreadableInput {
        String refusal = router == null ? format.refusal(line.bytes(), line.from(), line.to()) : null;
        if (refusal != null) {
            throw new UnreadableInput(name + ", line " + line.number() + ": " + refusal);
        }
    }

    private void lost(Loss loss) {
        ledger.lost(loss);
        if (router == null) {
            earlyLosses.add(loss);
        } else {
            router.lost(loss);
        }
    }

    /** Nobody knows what stood here: events of any stream may be missing. One gap is enough until the next event. */
    private void unknown(LineReader line) {
        if (router != null && !afterUnknown) {
            router.lost(new Loss(Loss.EVERY_CPU, null, "a line that cannot be read", line.number()));
        }
        afterUnknown = true;
    }

    private void readEvent(LineReader line) {
        if (!isOfThisClock()) {
            ledger.unparsed(line, "a time of another clock");
            ledger.unreadLine();
            unknown(line);
            return;
        }
        ledger.eventLine();
        afterUnknown = false;
        draft.reset(prefix, line.number());
        if (line.isTorn()) {
            ledger.torn(line);
            events.readTorn(line.bytes(), prefix, line.to(), draft);
        } else {
            readBody(line);
        }
        origin.thread(prefix.pid(), prefix.tgid());
        origin.comm(line.bytes(), prefix.commFrom(), prefix.commTo());
        origin.vcpu(draft.vcpu());
        origin.named(draft.named());
        learnFromForm();
        router.route(draft.row(), origin);
    }

    private void readBody(LineReader line) {
        String unparsed = events.read(line.bytes(), prefix, line.to(), draft);
        if (unparsed != null) {
            ledger.unparsed(line, unparsed);
        } else if (draft.row().kind(0) == EventKind.OTHER_EVENT) {
            ledger.untyped(draft.row().text(0, OtherEvent.NAME));
        }
    }

    private boolean isOfThisClock() {
        if (timeDigits == NO_CLOCK) {
            timeDigits = prefix.timeDigits();
            router = new EventRouter(run, Clocks.hz(timeDigits, tscKhz), chunkMax, sink);
            earlyLosses.forEach(router::lost);
        }
        return timeDigits == prefix.timeDigits();
    }

    private void learnFromForm() {
        kernels.learn(draft);
        isaBits |= 1 << draft.isaSeen();
        if (prefix.flagCharacters() == FlagColumn.CHARACTERS) {
            kernels.learn(FormatMark.FIVE_FLAGS);
        } else if (prefix.flagCharacters() == FlagColumn.CHARACTERS_BEFORE_MIGRATE_DISABLE) {
            kernels.learn(FormatMark.FOUR_FLAGS);
        }
    }
}
