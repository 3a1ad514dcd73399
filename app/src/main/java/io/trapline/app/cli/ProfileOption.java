package io.trapline.app.cli;

import io.trapline.schemas.kernel.KernelRange;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The kernels whose rules apply, where the user knows better than the recording: a mixin. */
public final class ProfileOption {
    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--profile",
            paramLabel = "KERNELS",
            description =
                    "Judge by the rules of these kernels: 6.1, 5.17..6.13, 6.14.., ..6.4 or any. Default: what the"
                            + " recording says or shows.")
    private String kernels;

    /** The range, or null where the user says nothing. */
    KernelRange kernels() {
        try {
            return kernels == null ? null : KernelRange.parse(kernels);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), "--profile: " + e.getMessage() + ".", e);
        }
    }
}
