package io.trapline.app.cli;

import io.trapline.app.report.CycleCosts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What a decision costs: a mixin. */
public final class CostsOption {
    @Option(
            names = "--costs",
            paramLabel = "FILE",
            description = "What a decision costs, in cycles, instead of the defaults that the report ends with.")
    private Path costs;

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
