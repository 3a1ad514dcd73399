package io.trapline.streams;

import io.trapline.schemas.avro.Clock;
import io.trapline.schemas.avro.ClockUnit;
import io.trapline.schemas.avro.ExitCostRow;
import io.trapline.schemas.avro.FindingRow;
import io.trapline.schemas.avro.PolicyVerdictRow;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunSource;
import io.trapline.schemas.avro.RunStatus;
import io.trapline.schemas.avro.RunStream;
import io.trapline.schemas.avro.SummaryRow;
import io.trapline.schemas.event.EventColumns;
import io.trapline.streams.policy.Verdict;
import io.trapline.streams.profile.AnalysisInputs;
import io.trapline.streams.totals.Analysis;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Folds whole streams through the plain loop and reads the summary. */
public final class RunOf {
    private final List<SummaryRow> rows;

    private RunOf(List<SummaryRow> rows) {
        this.rows = rows;
    }

    public static RunOf script(TraceScript... streams) {
        return script(run -> {}, streams);
    }

    /** The same with something else in the run's description. */
    public static RunOf script(Consumer<Run> change, TraceScript... streams) {
        return script(AnalysisInputs.named("live"), change, streams);
    }

    /** The same with what the user tells. */
    public static RunOf script(AnalysisInputs inputs, Consumer<Run> change, TraceScript... streams) {
        Analysis analysis = new Analysis(inputs);
        Run run = description();
        for (TraceScript script : streams) {
            EventColumns events = script.events();
            analysis.accept(events);
            run.getStreams().add(streamOf(events));
        }
        change.accept(run);
        return new RunOf(analysis.finish(run));
    }

    public static Run description() {
        Run run = new Run();
        run.setRun("run");
        run.setStatus(RunStatus.COMPLETE);
        run.setSource(new RunSource("script", "script", "", "test", null, null));
        run.setClock(new Clock("mono", ClockUnit.NS, TraceScript.HZ));
        run.setIsa(List.of("VMX"));
        run.setKernelFrom("5.17");
        run.setProfileFrom("test");
        run.setFamilies(List.of());
        run.setStreams(new ArrayList<>());
        run.setStartOffsets(List.of());
        return run;
    }

    public static RunStream streamOf(EventColumns events) {
        RunStream stream = new RunStream();
        stream.setThreads(List.of());
        stream.setVm(events.stream().vm());
        stream.setVcpu(events.stream().vcpu());
        stream.setLastSeq(events.count() - 1L);
        stream.setEvents(events.count());
        stream.setPartition(-1);
        stream.setFirstOffset(-1);
        stream.setLastOffset(-1);
        return stream;
    }

    public List<SummaryRow> rows() {
        return rows;
    }

    public List<FindingRow> findings() {
        return rows.stream()
                .map(SummaryRow::getFinding)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Those of one policy. */
    public List<FindingRow> findings(String policy) {
        return findings().stream()
                .filter(finding -> finding.getPolicy().equals(policy))
                .toList();
    }

    public List<ExitCostRow> exits() {
        return rows.stream().map(SummaryRow::getExit).filter(Objects::nonNull).toList();
    }

    public ExitCostRow exit(String level, long reason, String detail) {
        return exits().stream()
                .filter(row -> row.getLevel().equals(level)
                        && row.getReason() == reason
                        && row.getDetail().equals(detail))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no such exits in " + exits()));
    }

    public PolicyVerdictRow counts(String policy) {
        return rows.stream()
                .map(SummaryRow::getVerdict)
                .filter(row -> row != null && row.getPolicy().equals(policy))
                .findFirst()
                .orElseThrow();
    }

    public Verdict verdict(String policy) {
        return Verdict.of(counts(policy));
    }

    /** The only finding. */
    /** Causes of this policy's findings. */
    public List<String> causes(String policy) {
        return findings().stream()
                .filter(finding -> finding.getPolicy().equals(policy))
                .map(FindingRow::getCause)
                .toList();
    }

    public FindingRow finding() {
        if (findings().size() != 1) {
            throw new AssertionError("not one finding but " + findings());
        }
        return findings().get(0);
    }
}
