package io.trapline.app.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trapline.producer.ImportProblem;
import io.trapline.producer.RecordingSummary;
import io.trapline.producer.StreamSummary;
import io.trapline.schemas.avro.FamilyRecorded;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunStream;
import io.trapline.schemas.avro.StreamThread;
import io.trapline.schemas.event.StreamKey;
import io.trapline.schemas.kernel.KernelRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What an import found: {@code trapline.import/1} for programs, a few lines for people. Where nothing was read, since the run
 * was in the log already or was exported from one, it says what the run's record knows.
 */
public final class ImportReport {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int THREADS_SHOWN_MAX = 8;

    private ImportReport() {}

    /** {@code summary} is null where nothing was read. Names and their order are a contract. */
    public static String json(Run run, RecordingSummary summary) {
        ObjectNode node = NODES.objectNode();
        node.put("schema", "trapline.import/1");
        node.put("run", run.getRun());
        node.put("status", run.getStatus().toString().toLowerCase(Locale.ROOT));
        node.set("source", source(run));
        node.put("profile", profile(run).toString());
        node.put("profile_from", run.getProfileFrom());
        node.set(
                "clock",
                NODES.objectNode()
                        .put("name", run.getClock().getName())
                        .put("unit", run.getClock().getUnit().toString().toLowerCase(Locale.ROOT))
                        .put("hz", run.getClock().getHz()));
        ArrayNode isa = node.putArray("isa");
        run.getIsa().forEach(isa::add);
        ArrayNode families = node.putArray("families");
        run.getFamilies().stream().filter(FamilyRecorded::getSeen).forEach(family -> families.add(family.getFamily()));
        node.put("lines", run.getLines());
        node.put("events", events(run, true));
        node.put("host_events", events(run, false));
        putKinds(node, summary);
        node.put("unparsed", run.getUnparsed());
        node.put("lost", run.getLost());
        node.put("loss_markers", run.getLossMarkers());
        node.put("clamps", summary == null ? null : summary.clamps());
        putStreams(node, run, summary);
        putProblems(node, summary);
        return JsonReport.print(node);
    }

    private static ObjectNode source(Run run) {
        return NODES.objectNode()
                .put("name", run.getSource().getName())
                .put("format", run.getSource().getFormat())
                .put("sha256", run.getSource().getSha256())
                .put("kernel", run.getSource().getKernel());
    }

    private static void putKinds(ObjectNode node, RecordingSummary summary) {
        if (summary == null) {
            node.putNull("events_by_kind");
            node.putNull("untyped_by_name");
            return;
        }
        ObjectNode kinds = node.putObject("events_by_kind");
        summary.eventsByKind().forEach((kind, count) -> kinds.put(kind.name(), count));
        ObjectNode names = node.putObject("untyped_by_name");
        summary.untypedByName().forEach(names::put);
    }

    private static void putStreams(ObjectNode node, Run run, RecordingSummary summary) {
        Map<StreamKey, Long> clamps = new HashMap<>();
        if (summary != null) {
            for (StreamSummary stream : summary.streams()) {
                clamps.put(new StreamKey("", stream.key().vm(), stream.key().vcpu()), stream.clamps());
            }
        }
        ArrayNode streams = node.putArray("streams");
        for (RunStream stream : run.getStreams()) {
            ObjectNode one = streams.addObject()
                    .put("vm", stream.getVm())
                    .put("vcpu", stream.getVcpu())
                    .put("vm_guessed", stream.getVmGuessed())
                    .put("events", stream.getEvents())
                    .put("last_seq", stream.getLastSeq())
                    .put("clamps", clamps.get(new StreamKey("", stream.getVm(), stream.getVcpu())));
            ArrayNode threads = one.putArray("threads");
            stream.getThreads()
                    .forEach(thread ->
                            threads.addObject().put("pid", thread.getPid()).put("comm", thread.getComm()));
        }
    }

    private static void putProblems(ObjectNode node, RecordingSummary summary) {
        ArrayNode problems = node.putArray("problems");
        if (summary == null) {
            return;
        }
        for (ImportProblem problem : summary.problems()) {
            problems.addObject()
                    .put("code", problem.code().name())
                    .put("severity", problem.severity().name().toLowerCase(Locale.ROOT))
                    .put("line", problem.line() == 0 ? null : problem.line())
                    .put("sentence", problem.sentence());
        }
    }

    /** {@code summary} is null where nothing was read; {@code nanos} is how long it took. */
    public static String text(Run run, RecordingSummary summary, long nanos) {
        StringBuilder text = new StringBuilder();
        String kernel = run.getSource().getKernel() == null
                ? TextReport.kernels(profile(run)) + " (by " + run.getProfileFrom() + ")"
                : "kernel " + run.getSource().getKernel();
        text.append(Lines.wrapped(
                "  ",
                run.getSource().getFormat() + ", " + kernel + ", clock "
                        + run.getClock().getUnit().toString().toLowerCase(Locale.ROOT) + ", "
                        + HumanFigures.counted(run.getLines(), "line") + ": "
                        + HumanFigures.counted(events(run, true), "event") + " ("
                        + HumanFigures.count(events(run, false)) + " of the host), "
                        + HumanFigures.count(run.getUnparsed()) + " unparsed, " + HumanFigures.count(run.getLost())
                        + " lost" + (summary == null ? "" : ", " + HumanFigures.count(summary.clamps()) + " clamped")));
        if (summary != null) {
            text.append(Lines.listed("  events   ", kinds(summary)));
        }
        text.append(Lines.listed("  threads  ", threads(run)));
        if (nanos > 0 && summary != null) {
            long perSecond = Math.round(events(run, true) / (nanos / NANOS_PER_SECOND));
            text.append("  ").append(HumanFigures.count(perSecond)).append(" events/s\n");
        }
        return text.toString();
    }

    private static List<String> kinds(RecordingSummary summary) {
        List<String> kinds = new ArrayList<>();
        summary.eventsByKind().forEach((kind, count) -> kinds.add(kind.name() + " " + HumanFigures.count(count)));
        return kinds;
    }

    private static List<String> threads(Run run) {
        List<String> threads = new ArrayList<>();
        int more = 0;
        for (RunStream stream : run.getStreams()) {
            if (threads.size() >= THREADS_SHOWN_MAX) {
                more += stream.getThreads().size();
                continue;
            }
            for (StreamThread thread : stream.getThreads()) {
                threads.add(stream.getVm() + (stream.getVmGuessed() ? " (guessed)" : "") + "/" + stream.getVcpu()
                        + " = " + thread.getPid() + " " + Lines.safe(thread.getComm()));
            }
        }
        if (more > 0) {
            threads.add(HumanFigures.count(more) + " more");
        }
        return threads.isEmpty() ? List.of("none is a vCPU") : threads;
    }

    private static long events(Run run, boolean all) {
        return run.getStreams().stream()
                .filter(stream -> all || stream.getVm().equals(StreamKey.HOST))
                .mapToLong(RunStream::getEvents)
                .sum();
    }

    private static KernelRange profile(Run run) {
        return KernelRange.of(run.getKernelFrom(), run.getKernelTo());
    }
}
