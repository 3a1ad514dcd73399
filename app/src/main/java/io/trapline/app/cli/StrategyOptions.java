package io.trapline.app.cli;

import io.trapline.app.report.CycleCosts;
import io.trapline.streams.whatif.Strategy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which strategies to price, and at what costs: a mixin. */
public final class StrategyOptions {
    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--strategy",
            paramLabel = "S/T/I",
            description = "A strategy beside the kernel's own, as S2/T1/I1 or S1/T1/I1+EB01. May be repeated. Default:"
                    + " those of the catalogue.")
    private final List<String> strategies = new ArrayList<>();

    @Option(
            names = "--costs",
            paramLabel = "FILE",
            description = "What a decision costs, in cycles, instead of the defaults that the report ends with.")
    private Path costs;

    List<Strategy> strategies() {
        try {
            return strategies.stream().map(Strategy::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), "--strategy: " + e.getMessage() + ".", e);
        }
    }

    CycleCosts costs() {
        if (costs == null) {
            return CycleCosts.defaults();
        }
        try {
            return CycleCosts.parse(Files.readString(costs, StandardCharsets.UTF_8), costs.toString());
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.INPUT_UNREADABLE, costs + " cannot be read: " + e + ".", e);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.INPUT_UNREADABLE, e.getMessage() + ".", e);
        }
    }
}
