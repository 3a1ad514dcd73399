package io.trapline.app.cli;

import io.trapline.producer.format.Formats;
import io.trapline.producer.format.ReadOptions;
import java.util.ArrayList;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What the user says about a recording that it does not say itself: a mixin. */
public final class TraceOptions {
    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--input-format",
            paramLabel = "FORMAT",
            completionCandidates = Names.class,
            description = "What the text is: ${COMPLETION-CANDIDATES}. Default: what its first lines show.")
    private String format;

    @Option(
            names = "--tsc-khz",
            paramLabel = "KHZ",
            description = "The recording has the clock x86-tsc, and the TSC counts so many kHz (dmesg | grep -i tsc)."
                    + " Without it, times that are bare numbers measure nothing.")
    private long tscKhz;

    /** The names of the formats, for the help. */
    static final class Names extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Names() {
            super(Formats.names());
        }
    }

    ReadOptions readOptions() {
        try {
            return new ReadOptions(format, tscKhz);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }
}
