package io.trapline.producer.ftrace;

import io.trapline.producer.ImportProblem.Code;
import io.trapline.producer.RecordingSummary;
import io.trapline.producer.StreamSummary;
import io.trapline.producer.identity.EventRouter;
import io.trapline.producer.source.TraceInput;
import io.trapline.producer.source.UnreadableInput;
import io.trapline.schemas.avro.RunSource;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.event.EventFlags;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.EventView;
import io.trapline.schemas.table.ExitReasons;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says at the end what a recording was. */
final class TraceSummary {
    private static final String TOOL = "trapline";
    private static final String WHERE_TRACES_ARE =
            "give the text of /sys/kernel/tracing/trace or trace_pipe with the kvm events enabled.";

    private final TraceInput input;
    private final ImportLedger ledger;
    private final LineReader lines;

    TraceSummary(TraceInput input, ImportLedger ledger, LineReader lines) {
        this.input = input;
        this.ledger = ledger;
        this.lines = lines;
    }

    /** A trace that has its header and no event is one; anything else without an event is none. */
    RecordingSummary withoutEvents(boolean sawHeader) throws UnreadableInput {
        String name = input.name();
        if (lines.number() == 0) {
            throw new UnreadableInput(
                    lines.broken() == null
                            ? name + " is empty: nothing was recorded, or the copy failed."
                            : name + " is cut or broken (" + lines.broken().getMessage()
                                    + "): nothing in it can be unpacked; copy it again.");
        }
        if (!sawHeader) {
            throw new UnreadableInput(name + " is text but no kernel trace: none of its " + lines.number()
                    + " lines is an event; " + WHERE_TRACES_ARE);
        }
        if (ledger.unparsedWhole() > 0) {
            throw new UnreadableInput(name + " is a trace, but none of its lines has the default form: record without "
                    + "the options latency-format, raw, hex, bin, nocontext-info.");
        }
        ledger.problem(Code.NO_EVENTS, "the trace has a header but no event: enable the kvm events and record again");
        KernelRange kernels = KernelRange.of(0);
        return summary(List.of(), Map.of(), Set.of(), TraceSource.NOTHING, kernels);
    }

    /** What the header would say of a recording without events, or what the first event told. */
    private record TraceSource(int timeDigits, List<String> isa) {
        static final TraceSource NOTHING = new TraceSource(-1, List.of());
    }

    RecordingSummary of(EventRouter router, int timeDigits, long marks, int isaBits) {
        KernelRange kernels = KernelRange.of(marks);
        if (kernels.isEmpty()) {
            ledger.problem(
                    Code.FORMATS_DISAGREE, "line formats of kernels that exclude each other: " + kernels.marks());
            kernels = KernelRange.of(0);
        }
        Map<EventKind, Long> byKind = router.eventsByKind();
        TraceSource source = new TraceSource(timeDigits, isa(isaBits));
        Set<EventFamily> families = families(byKind, router.sawXfdAccess(), saysExceptions(marks, isaBits));
        return summary(router.streams(), byKind, families, source, kernels);
    }

    private RecordingSummary summary(
            List<StreamSummary> streams,
            Map<EventKind, Long> byKind,
            Set<EventFamily> families,
            TraceSource source,
            KernelRange kernels) {
        long clamps = streams.stream().mapToLong(StreamSummary::clamps).sum();
        if (clamps > 0) {
            ledger.problem(Code.TIME_WENT_BACK, clamps + " times went back and were raised to the time before");
        }
        RunSource runSource = runSource();
        return new RecordingSummary(
                runSource,
                streams.isEmpty() ? TraceClock.unknown() : TraceClock.clock(source.timeDigits),
                source.isa,
                kernels.from(),
                kernels.to(),
                kernels.isUnbounded() ? RecordingSummary.FROM_NOTHING : RecordingSummary.FROM_FORMATS,
                families,
                streams,
                streams.stream().mapToLong(StreamSummary::events).sum(),
                byKind,
                lines.number(),
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
        return new RunSource(input.name(), FtraceImporter.FORMAT, sha256(), TOOL, null, null);
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

    private static boolean saysExceptions(long marks, int isaBits) {
        long forms = FormatMark.EXIT_WITH_INTR_INFO.bit() | FormatMark.EXIT_WITH_REQUESTS.bit();
        return (marks & forms) != 0 || (isaBits & 1 << ExitReasons.SVM) != 0;
    }

    private static Set<EventFamily> families(
            Map<EventKind, Long> byKind, boolean sawXfdAccess, boolean saysExceptions) {
        Set<EventFamily> seen = EnumSet.noneOf(EventFamily.class);
        EventColumns one = new EventColumns();
        EventView view = new EventView();
        for (EventKind kind : byKind.keySet()) {
            one.reset(one.stream(), 0, 0);
            one.append(kind, 0, 0, EventFlags.NONE, 0);
            EventFamily.forEach(EventFamily.shownBy(view.on(one, 0)), seen::add);
        }
        // What the exits hold decides, not the kind.
        if (saysExceptions && seen.contains(EventFamily.EXIT)) {
            seen.add(EventFamily.EXCEPTION);
        }
        // Which MSR it was decides, not the kind.
        if (sawXfdAccess) {
            seen.add(EventFamily.HOST_MSR_XFD);
        }
        return seen;
    }
}
