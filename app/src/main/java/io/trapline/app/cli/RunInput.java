package io.trapline.app.cli;

import io.trapline.app.run.RunEvents;
import io.trapline.producer.source.UnreadableInput;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** A run that the user names, be it a recording or one of the log: a mixin. A file needs no broker. */
public final class RunInput {
    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private TraceOptions trace;

    @Parameters(
            index = "0",
            paramLabel = "RUN",
            description = "A recording, or an exported run, as analyze takes it; or the id of a run of the log.")
    private String run;

    /** What is done with the events. They can be read again and again, but for what comes through a pipe. */
    interface Work<T> {
        T with(RunEvents events) throws UnreadableInput;
    }

    /** Whether the events can be read only once. */
    boolean passes() {
        return RunOpener.passes(run);
    }

    String named() {
        return run;
    }

    <T> T use(Work<T> work) {
        PrintWriter err = command.commandLine().getErr();
        return new RunOpener(cluster, trace, err).use(List.of(run), events -> work.with(events.get(0)));
    }
}
