package io.trapline.app.cli;

import io.trapline.streams.whatif.Strategy;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which strategies to price: a mixin. */
public final class StrategyOptions {
    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--strategy",
            paramLabel = "S/T/I",
            description = "A strategy beside the kernel's own, as S2/T1/I1 or S1/T1/I1+EB01. May be repeated. Default:"
                    + " those of the catalogue.")
    private final List<String> strategies = new ArrayList<>();

    List<Strategy> strategies() {
        try {
            return strategies.stream().map(Strategy::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), "--strategy: " + e.getMessage() + ".", e);
        }
    }
}
