package io.trapline.producer.text;

import io.trapline.producer.ImportProblem.Code;
import io.trapline.producer.RecordingSummary;
import io.trapline.producer.StreamSummary;
import io.trapline.producer.identity.EventRouter;
import io.trapline.producer.line.Clocks;
import io.trapline.producer.line.LineReader;
import io.trapline.producer.source.TraceInput;
import io.trapline.producer.source.UnreadableInput;
import io.trapline.producer.tracepoint.KernelInference;
import io.trapline.producer.tracepoint.KernelProfile;
import io.trapline.schemas.avro.Clock;
import io.trapline.schemas.avro.RunSource;
import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.table.ExitReasons;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Says at the end what a recording was. */
final class TextSummary {
    private static final String TOOL = "trapline";

    private final TextFormat format;
    private final TraceInput input;
    private final ImportLedger ledger;
    private final LineReader lines;
    private final String kernel;

    /** {@code kernel} is the release that the recording names, or null. */
    TextSummary(TextFormat format, TraceInput input, ImportLedger ledger, LineReader lines, String kernel) {
        this.format = format;
        this.input = input;
        this.ledger = ledger;
        this.lines = lines;
        this.kernel = kernel;
    }

    /** A trace that has its header and no event is one; anything else without an event is none. */
    RecordingSummary withoutEvents(boolean sawBeginning) throws UnreadableInput {
        if (!sawBeginning || ledger.unparsedWhole() > 0) {
            throw new UnreadableInput(input.name() + ": none of its " + lines.number() + " lines is an event as "
                    + format.description() + " prints it (format " + format.name() + ").");
        }
        ledger.problem(Code.NO_EVENTS, "the trace has a header but no event: enable the kvm events and record again");
        return summary(List.of(), Map.of(), Set.of(), Clocks.unknown(), List.of(), new KernelInference());
    }

    RecordingSummary of(EventRouter router, Clock clock, KernelInference kernels, int isaBits) {
        router.limitsReached().forEach(sentence -> ledger.problem(Code.LIMIT_REACHED, sentence));
        Map<EventKind, Long> byKind = router.eventsByKind();
        return summary(router.streams(), byKind, router.familiesSeen(), clock, isa(isaBits), kernels);
    }

    private RecordingSummary summary(
            List<StreamSummary> streams,
            Map<EventKind, Long> byKind,
            Set<EventFamily> families,
            Clock clock,
            List<String> isa,
            KernelInference inference) {
        KernelProfile profile = inference.found(kernel);
        if (profile.doubt() != null) {
            ledger.problem(Code.FORMATS_DISAGREE, profile.doubt());
        }
        long clamps = streams.stream().mapToLong(StreamSummary::clamps).sum();
        if (clamps > 0) {
            ledger.problem(Code.TIME_WENT_BACK, clamps + " times went back and were raised to the time before");
        }
        if (lines.skipped() > 0) {
            ledger.problem(Code.LINE_TOO_LONG, lines.skipped() + " bytes of lines that were too long were skipped");
        }
        RunSource source = runSource();
        long events = streams.stream().mapToLong(StreamSummary::events).sum();
        ledger.close(lines.number(), events - byKind.getOrDefault(EventKind.GAP, 0L));
        return new RecordingSummary(
                source,
                clock,
                isa,
                Objects.toString(profile.kernels().from(), null),
                Objects.toString(profile.kernels().to(), null),
                profile.foundBy(),
                families,
                streams,
                events,
                byKind,
                ledger.untyped(),
                lines.number(),
                ledger.linesRead(),
                ledger.unparsed(),
                ledger.lost(),
                ledger.lossMarkers(),
                clamps,
                ledger.problems());
    }

    private RunSource runSource() {
        if (lines.broken() != null) {
            ledger.problem(
                    Code.SOURCE_CUT,
                    "the packed file is cut or broken (" + lines.broken().getMessage()
                            + "): the events up to there are kept");
        }
        return new RunSource(input.name(), format.name(), sha256(), TOOL, kernel, null);
    }

    private String sha256() {
        try {
            return input.sha256();
        } catch (IOException e) {
            ledger.problem(Code.SOURCE_CUT, "the rest of the file cannot be read (" + e.getMessage() + ")");
            return "";
        }
    }

    private static List<String> isa(int isaBits) {
        List<String> isa = new ArrayList<>();
        if ((isaBits & 1 << ExitReasons.VMX) != 0) {
            isa.add("VMX");
        }
        if ((isaBits & 1 << ExitReasons.SVM) != 0) {
            isa.add("SVM");
        }
        return isa;
    }
}
