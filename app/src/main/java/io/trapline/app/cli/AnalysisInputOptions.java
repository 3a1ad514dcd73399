package io.trapline.app.cli;

import io.trapline.schemas.kernel.KernelRange;
import io.trapline.streams.profile.AnalysisInputs;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What the user knows better than the recording, or what no trace shows: a mixin. */
public final class AnalysisInputOptions {
    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--profile",
            paramLabel = "KERNELS",
            description =
                    "Judge by the rules of these kernels: 6.1, 5.17..6.13, 6.14.., ..6.4 or any. Default: what the"
                            + " recording says or shows.")
    private String kernels;

    @Option(
            names = "--msr-filter",
            paramLabel = "FILE",
            description =
                    "The MSR filter that the VMM gave KVM (policy P17): lines 'default allow|deny' and"
                            + " 'allow|deny read|write|read+write 0x1c4[-0x1c5]'; the first that matches decides; # is a comment.")
    private Path msrFilter;

    /** The analysis of this name with what the user says. */
    AnalysisInputs of(String analysis) {
        return AnalysisInputs.named(analysis)
                .withProfile(profile())
                .withMsrFilter(msrFilter == null ? null : MsrFilterFile.read(msrFilter));
    }

    /** Whether the user says anything. */
    boolean given() {
        return kernels != null || msrFilter != null;
    }

    private KernelRange profile() {
        try {
            return kernels == null ? null : KernelRange.parse(kernels);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), "--profile: " + e.getMessage() + ".", e);
        }
    }
}
