package io.trapline.app.cli;

import io.trapline.app.report.StateReport;
import io.trapline.app.report.TracePlaces;
import io.trapline.app.run.RunEvents;
import io.trapline.producer.source.UnreadableInput;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.event.StreamKey;
import io.trapline.streams.profile.Moment;
import io.trapline.streams.retrace.StateAt;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code trapline state}: what is known of a vCPU at a moment, and which event made it so. */
@Command(
        name = "state",
        description = "Shows what is known of a vCPU at a moment of a run, and since which event it has been so.",
        footer = {
            "",
            "The moment lies behind all events up to the one named:",
            "  --at 13.738170   seconds as the recording prints them; all events of that",
            "                   time are in",
            "  --at :296        line 296 of the recording, as the reports print it",
            "  --at 123         event 123 of the vCPU's stream, counted from 0: what the",
            "                   reports call \"seq\""
        },
        mixinStandardHelpOptions = true)
final class StateCommand implements Callable<Integer> {
    /** vCPUs named where one is asked for. */
    private static final int NAMED_MAX = 16;

    @Spec
    private CommandSpec spec;

    @Mixin
    private RunInput input;

    @Option(
            names = "--vm",
            paramLabel = "VM",
            description = "The VM, as reports name it. Needed where there are several.")
    private String vm;

    @Option(names = "--vcpu", paramLabel = "N", description = "The vCPU. Needed where there are several.")
    private Integer vcpu;

    @Option(
            names = "--at",
            paramLabel = "TIME|:LINE|SEQ",
            required = true,
            converter = MomentConverter.class,
            description = "The moment.")
    private Moment at;

    @Option(
            names = "--format",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "For people, or trapline.state/1 for programs. Default: ${DEFAULT-VALUE}.")
    private OutputFormat format;

    /** What came of reading: the run, and of each vCPU that may be meant what is known there. */
    private record Read(Run run, Map<StreamKey, StateAt> vcpus) {}

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Read read = input.use(this::read);
        if (at.by() == Moment.By.TIME && !TracePlaces.of(read.run()).clock().measuresNanos()) {
            throw usage("The clock of " + input.named()
                    + " does not measure seconds: name a line (--at :296) or an event" + " (--at 123).");
        }
        StreamKey meant = only(read);
        StateReport report =
                new StateReport(read.run(), meant, read.vcpus().get(meant).found());
        out.print(
                switch (format) {
                    case TEXT -> report.text();
                    case JSON -> report.json();
                });
        out.flush();
        return ExitCode.FINE;
    }

    private Read read(RunEvents events) throws UnreadableInput {
        Map<StreamKey, StateAt> vcpus = new TreeMap<>();
        Run run = events.read(chunk -> {
            StreamKey stream = chunk.stream();
            if (mayBeMeant(stream)) {
                vcpus.computeIfAbsent(stream, key -> new StateAt(key, at)).accept(chunk);
            }
        });
        return new Read(run, vcpus);
    }

    private boolean mayBeMeant(StreamKey stream) {
        return !stream.isHost() && (vm == null || vm.equals(stream.vm())) && (vcpu == null || vcpu == stream.vcpu());
    }

    private StreamKey only(Read read) {
        if (read.vcpus().size() == 1) {
            return read.vcpus().keySet().iterator().next();
        }
        List<StreamKey> vcpus = read.run().getStreams().stream()
                .map(stream -> new StreamKey(read.run().getRun(), stream.getVm(), stream.getVcpu()))
                .filter(stream -> !stream.isHost())
                .sorted()
                .toList();
        if (vcpus.isEmpty()) {
            throw new CommandFailure(ExitCode.INPUT_UNREADABLE, input.named() + " has no vCPU.");
        }
        String there = vcpus.stream()
                .limit(NAMED_MAX)
                .map(stream -> "--vm " + stream.vm() + " --vcpu " + stream.vcpu())
                .collect(Collectors.joining(", "));
        String more = vcpus.size() > NAMED_MAX ? " and " + (vcpus.size() - NAMED_MAX) + " more" : "";
        throw usage((read.vcpus().isEmpty() ? "There is no such vCPU. " : "Which vCPU? ") + "There are " + there + more
                + ".");
    }

    private ParameterException usage(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
