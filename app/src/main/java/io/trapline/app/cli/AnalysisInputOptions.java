package io.trapline.app.cli;

import io.trapline.streams.profile.AnalysisInputs;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What the user tells of a run that no trace shows: a mixin. */
public final class AnalysisInputOptions {
    @Option(
            names = "--msr-filter",
            paramLabel = "FILE",
            description =
                    "The MSR filter that the VMM gave KVM (policy P17): lines 'default allow|deny' and"
                            + " 'allow|deny read|write|read+write 0x1c4[-0x1c5]'; the first that matches decides; # is a comment.")
    private Path msrFilter;

    AnalysisInputs read() {
        return msrFilter == null ? AnalysisInputs.NONE : new AnalysisInputs(MsrFilterFile.read(msrFilter));
    }
}
