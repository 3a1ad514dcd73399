package io.trapline.app.cli;

import io.trapline.app.thread.ThreadPage;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code trapline thread}: the open questions of the thread that AMX support in KVM came from, with figures. */
@Command(
        name = "thread",
        description = "Runs the guests that the thread about AMX support in KVM speaks of, and answers its open"
                + " questions with what they pay and lose.",
        mixinStandardHelpOptions = true)
final class ThreadCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CostsOption costs;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(ThreadPage.write(seed, costs.costs()));
        spec.commandLine().getOut().flush();
        return ExitCode.FINE;
    }
}
