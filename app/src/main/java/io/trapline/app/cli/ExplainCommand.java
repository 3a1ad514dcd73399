package io.trapline.app.cli;

import io.trapline.app.report.Evidence;
import io.trapline.app.report.Finding;
import io.trapline.app.report.StoryReport;
import io.trapline.app.report.SummaryDocument;
import io.trapline.app.run.RunDocument;
import io.trapline.app.run.RunEvents;
import io.trapline.producer.source.UnreadableInput;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.event.StreamKey;
import io.trapline.streams.policy.Policies;
import io.trapline.streams.policy.Policy;
import io.trapline.streams.profile.AnalysisInputs;
import io.trapline.streams.retrace.FindingStory;
import io.trapline.streams.retrace.Rule;
import io.trapline.streams.retrace.Story;
import io.trapline.streams.totals.Analysis;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code trapline explain}: how one finding came about, event by event. */
@Command(
        name = "explain",
        description = "Tells how a finding came about: what each line of its evidence did, by which rule.",
        footer = {
            "",
            "Reports name findings by their id; without FINDING those of the run are",
            "listed. The beginning of an id is enough where only one begins so: P8 if P8",
            "has one finding."
        },
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private RunInput input;

    @Mixin
    private AnalysisInputOptions inputs;

    @Parameters(index = "1", arity = "0..1", paramLabel = "FINDING", description = "Its id, or how only it begins.")
    private String wanted;

    @Option(
            names = "--format",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "For people, or trapline.story/1 for programs. Default: ${DEFAULT-VALUE}.")
    private OutputFormat format;

    @Override
    public Integer call() {
        if (input.passes()) {
            throw new ParameterException(
                    spec.commandLine(),
                    input.named()
                            + " is empty or can be read only once, and a finding is explained by reading twice: save it first.");
        }
        return input.use(this::explain);
    }

    private int explain(RunEvents events) throws UnreadableInput {
        PrintWriter out = spec.commandLine().getOut();
        AnalysisInputs told = inputs.of(Analysis.LIVE);
        Analysis analysis = new Analysis(told);
        Run run = events.read(analysis::accept);
        SummaryDocument document = RunDocument.of(analysis.finish(run));
        if (wanted == null) {
            out.print(StoryReport.list(document.findings()));
            if (document.findings().isEmpty()) {
                spec.commandLine().getErr().println("trapline: " + input.named() + " has no findings");
            }
        } else {
            Finding finding = find(document);
            StoryReport report = new StoryReport(run, finding, policy(finding), story(events, told, run, finding));
            out.print(
                    switch (format) {
                        case TEXT -> report.text(System.console() != null);
                        case JSON -> report.json();
                    });
        }
        out.flush();
        return ExitCode.FINE;
    }

    private Finding find(SummaryDocument document) {
        List<Finding> meant = those(document, id -> id.equals(wanted));
        meant = meant.isEmpty() ? those(document, id -> id.startsWith(wanted + "-")) : meant;
        meant = meant.isEmpty() ? those(document, id -> id.startsWith(wanted)) : meant;
        if (meant.size() == 1) {
            return meant.get(0);
        }
        List<Finding> shown = meant.isEmpty() ? document.findings() : meant;
        String ids = shown.stream().map(Finding::id).collect(Collectors.joining(", "));
        String there = shown.isEmpty() ? "The run has none." : "There are " + ids + ".";
        throw new ParameterException(
                spec.commandLine(),
                (meant.isEmpty() ? "There is no finding " + wanted : "Several findings begin with " + wanted) + ". "
                        + there);
    }

    private static List<Finding> those(SummaryDocument document, Predicate<String> id) {
        return document.findings().stream()
                .filter(finding -> id.test(finding.id()))
                .toList();
    }

    private static Policy policy(Finding finding) {
        return Policies.ALL.stream()
                .filter(policy -> policy.id().equals(finding.policy().id()))
                .findFirst()
                .orElseThrow();
    }

    private static Story story(RunEvents events, AnalysisInputs told, Run run, Finding finding) throws UnreadableInput {
        StreamKey stream = new StreamKey(run.getRun(), finding.vm(), finding.vcpu());
        FindingStory story = new FindingStory(
                new FindingStory.Wanted(
                        stream,
                        finding.id(),
                        finding.seq(),
                        Rule.valueOf(finding.rule()),
                        finding.evidence().stream().map(Evidence::seq).collect(Collectors.toSet())),
                told);
        events.read(chunk -> {
            if (chunk.stream().equals(stream)) {
                story.accept(chunk);
            }
        });
        return story.finish();
    }
}
