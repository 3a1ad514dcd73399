package io.trapline.app.cli;

import io.trapline.app.report.ReportScope;
import io.trapline.streams.profile.Moment;
import io.trapline.streams.profile.Span;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which part of a run a report is about: a mixin. */
public final class ScopeOptions {
    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--vm",
            paramLabel = "VM",
            description = "Only exits, findings and accounts of this VM, as reports name it. May be repeated.")
    private List<String> vms = List.of();

    @Option(
            names = "--vcpu",
            paramLabel = "N,N",
            hideParamSyntax = true,
            split = ",",
            description = "Only those of these vCPUs.")
    private List<Integer> vcpus = List.of();

    @Option(
            names = "--level",
            paramLabel = "L1|L2",
            hideParamSyntax = true,
            split = ",",
            description = "Only exits and findings of this level.")
    private List<String> levels = List.of();

    @Option(
            names = "--reason",
            paramLabel = "REASON,REASON",
            hideParamSyntax = true,
            split = ",",
            description = "Only exits for these reasons, as reports name them, and findings in such exits.")
    private List<String> reasons = List.of();

    @Option(
            names = "--from",
            paramLabel = "TIME|:LINE|SEQ",
            converter = MomentConverter.class,
            description = "Only exits and findings from this moment on, spelled as for 'trapline state --at'. Events"
                    + " before it still make the state.")
    private Moment from;

    @Option(
            names = "--to",
            paramLabel = "TIME|:LINE|SEQ",
            converter = MomentConverter.class,
            description = "Only those up to this moment.")
    private Moment to;

    ReportScope scope() {
        return ReportScope.of(vms, vcpus, levels, reasons, span());
    }

    private Span span() {
        try {
            return new Span(from, to);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), "--to lies before --from.", e);
        }
    }
}
