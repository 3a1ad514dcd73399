package io.trapline.app.cli;

import io.trapline.app.report.PolicyPages;
import io.trapline.streams.policy.Policies;
import io.trapline.streams.policy.Policy;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code trapline policies}: what is judged, and what that takes. */
@Command(
        name = "policies",
        description = "Lists the policies that judge a run, or shows all there is to know of one.",
        mixinStandardHelpOptions = true)
final class PoliciesCommand implements Runnable {
    private static final List<Policy> BY_ID = Policies.ALL.stream()
            .sorted(Comparator.comparingInt((Policy policy) -> policy.id().length())
                    .thenComparing(Policy::id))
            .toList();

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say 'policies list' or 'policies show POLICY'.");
    }

    @Command(
            name = "list",
            description = "One line a policy: id, severity, kind, rule, title.",
            footer = {
                "",
                "trace  the recorded events decide.",
                "hint   a violation is only probable.",
                "model  only an emulator or a what-if can tell."
            },
            mixinStandardHelpOptions = true)
    void list(
            @Option(
                            names = "--format",
                            paramLabel = "text|json",
                            defaultValue = "text",
                            description = "For people, or trapline.policies/1 for programs. Default: ${DEFAULT-VALUE}.")
                    OutputFormat format) {
        print(format, BY_ID, PolicyPages.list(BY_ID));
    }

    @Command(
            name = "show",
            description =
                    "What a policy detects, by which rule, what must be recorded for it, what it would have caught.",
            mixinStandardHelpOptions = true)
    void show(
            @Option(
                            names = "--format",
                            paramLabel = "text|json",
                            defaultValue = "text",
                            description = "For people, or trapline.policies/1 for programs. Default: ${DEFAULT-VALUE}.")
                    OutputFormat format,
            @Parameters(paramLabel = "POLICY", description = "Its id, like P8.") String id) {
        Policy policy = BY_ID.stream()
                .filter(each -> each.id().equalsIgnoreCase(id))
                .findFirst()
                .orElseThrow(() -> new ParameterException(spec.commandLine(), unknown(id)));
        print(format, List.of(policy), PolicyPages.page(policy));
    }

    private void print(OutputFormat format, List<Policy> policies, String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                switch (format) {
                    case TEXT -> text;
                    case JSON -> PolicyPages.json(policies);
                });
        out.flush();
    }

    private static String unknown(String id) {
        List<String> near = BY_ID.stream()
                .filter(policy -> isNear(policy, id))
                .map(Policy::id)
                .toList();
        List<String> shown = near.isEmpty() ? BY_ID.stream().map(Policy::id).toList() : near;
        return "There is no policy " + id + "; there " + (shown.size() == 1 ? "is " : "are ")
                + shown.stream().collect(Collectors.joining(", ")) + ".";
    }

    /** A digit too many, too few or another; a word of the title. */
    private static boolean isNear(Policy policy, String written) {
        String id = policy.id().substring(1);
        String number = written.replaceAll("\\D", "");
        boolean like = !number.isEmpty() && (id.startsWith(number) || number.startsWith(id));
        String title = policy.description().title().toLowerCase(Locale.ROOT);
        return like || number.isEmpty() && title.contains(written.toLowerCase(Locale.ROOT));
    }
}
