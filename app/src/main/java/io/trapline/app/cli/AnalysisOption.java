package io.trapline.app.cli;

import io.trapline.streams.totals.Analysis;
import picocli.CommandLine.Option;

/** Which way of folding the log a command means: a mixin. */
public final class AnalysisOption {
    @Option(
            names = "--analysis",
            paramLabel = "ID",
            defaultValue = Analysis.LIVE,
            description = "Name of the way of folding the log that is meant. Default: ${DEFAULT-VALUE}.")
    private String id;

    String id() {
        return id;
    }
}
