package io.trapline.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.app.broker.BrokerHandle;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What the user sees of a command line that works, one that does not, and of each way in which a command can fail. */
class TraplineCommandTest {

    @TempDir
    Path dir;

    @Test
    void helpAndVersionAreResults() {
        assertThat(trapline("--help").out()).contains("Usage: trapline", "--debug", "cluster unreachable");
        assertThat(trapline("--version").out()).startsWith("trapline ");
        assertThat(trapline("--version").exitCode()).isEqualTo(ExitCode.FINE);
    }

    @Test
    void withoutACommandItSaysWhereToLook() {
        Outcome outcome = trapline();

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("There is no command", "Try 'trapline --help'.");
    }

    @Test
    void anUnknownOptionIsAUsageError() {
        Outcome outcome = trapline("fails", "--colour");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("--colour");
    }

    @Test
    void aFailureIsASentenceAndItsCode() {
        Outcome outcome = trapline("fails", "input");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.INPUT_UNREADABLE);
        assertThat(outcome.err()).isEqualToNormalizingNewlines("trapline: There is no file x.\n");
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void debugAddsTheStack() {
        assertThat(trapline("fails", "input", "--debug").err())
                .contains("There is no file x.", "at " + Fails.class.getName());
    }

    @Test
    void aDefectIsNotMistakenForFindings() {
        Outcome outcome = trapline("fails", "defect");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.DEFECT);
        assertThat(outcome.err()).contains("defect of Trapline", "--debug").doesNotContain("\tat ");
    }

    @Test
    void anErrorOfTheJvmIsASentenceToo() {
        Outcome outcome = trapline("fails", "stack");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.DEFECT);
        assertThat(outcome.err()).contains("StackOverflowError").doesNotContain("\tat ");
    }

    @Test
    void aDeadPortIsAnUnreachableCluster() throws IOException {
        Outcome outcome = trapline("connect", "--bootstrap-server", "127.0.0.1:" + deadPort());

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.CLUSTER_UNREACHABLE);
        assertThat(outcome.err())
                .startsWith("trapline: No Kafka cluster can be used at 127.0.0.1:")
                .hasLineCount(1);
    }

    @Test
    void anAddressThatIsNoneIsAnUnreachableCluster() {
        Outcome outcome = trapline("connect", "--bootstrap-server", "nonsense");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.CLUSTER_UNREACHABLE);
        assertThat(outcome.err()).contains("nonsense").hasLineCount(1);
    }

    @Test
    void aFileInPlaceOfTheDataDirectoryIsSaid() throws IOException {
        Path file = Files.writeString(dir.resolve("data"), "not a directory");

        for (Path notADirectory : List.of(file, file.resolve("below"))) {
            Outcome outcome = trapline("connect", "--data-dir", notADirectory.toString());

            assertThat(outcome.exitCode()).isEqualTo(ExitCode.CLUSTER_UNREACHABLE);
            assertThat(outcome.err())
                    .contains(notADirectory.toString(), "--data-dir")
                    .hasLineCount(1);
        }
    }

    @Test
    void aMissingCommandConfigIsUnreadableInput() {
        Outcome outcome = trapline("connect", "--bootstrap-server", "x:1", "--command-config", "/no/such/file");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.INPUT_UNREADABLE);
        assertThat(outcome.err()).contains("/no/such/file");
    }

    @Test
    void kernelsThatAreNoneAreAUsageErrorWithASentence() {
        for (String kernels : List.of("6", "5.17-6.13", "6.4..6.1", "..", "linux")) {
            Outcome outcome = trapline("analyze", "--profile", kernels, "no-such-file");

            assertThat(outcome.exitCode()).as(kernels).isEqualTo(ExitCode.USAGE);
            assertThat(outcome.err()).as(kernels).startsWith("trapline: --profile: ");
        }
    }

    @Test
    void anotherProfileIsAnotherAnalysis() {
        Outcome outcome = trapline("streams", "--profile", "6.1");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("--analysis ID");
    }

    @Test
    void theReportSaysThatTheUserGaveTheProfile() throws IOException {
        Path trace = Files.writeString(dir.resolve("trace.txt"), """
                # tracer: nop
                       CPU 0/KVM-683     [000] .....     9.295080: kvm_exit: vcpu 0 reason npf rip 0x1 info1 0x0 info2 0x0 \
                intr_info 0x00000000 error_code 0x00000000
                """);

        assertThat(trapline("analyze", trace.toString()).out())
                .contains("kernels 5.12..6.4", "Profile by format generation: from 5.12 (five characters of flags),");
        assertThat(trapline("analyze", "--profile", "6.4..", trace.toString()).out())
                .contains("kernels 6.4..,", "Profile by --profile.");
        assertThat(trapline("analyze", "--profile", "6.1.187", "--format", "json", trace.toString())
                        .out())
                .contains("\"profile\": \"6.1\"", "\"profile_from\": \"--profile\"");
    }

    @Test
    void aCommandConfigWithoutAClusterIsAUsageError() {
        assertThat(trapline("connect", "--command-config", "client.properties").exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(trapline("connect", "-X", "no-equals-sign").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    static int deadPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Outcome trapline(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = TraplineCommand.run(
                List.of(new Fails(), new Connect(), new AnalyzeCommand(), new StreamsCommand()),
                args,
                new PrintWriter(out, true),
                new PrintWriter(err, true));
        return new Outcome(exitCode, out.toString(), err.toString());
    }

    private record Outcome(int exitCode, String out, String err) {}

    /** Fails in each way a command can. */
    @Command(name = "fails")
    private static final class Fails implements Runnable {

        @Parameters(defaultValue = "input")
        private String how;

        @Override
        public void run() {
            switch (how) {
                case "input" -> throw new CommandFailure(ExitCode.INPUT_UNREADABLE, "There is no file x.");
                case "stack" -> throw new StackOverflowError();
                default -> throw new IllegalStateException("a bug");
            }
        }
    }

    /** Opens a cluster and says which. */
    @Command(name = "connect")
    private static final class Connect implements Runnable {

        @Spec
        private CommandSpec spec;

        @Mixin
        private ClusterOptions cluster;

        @Override
        public void run() {
            try (BrokerHandle broker = cluster.open()) {
                spec.commandLine().getOut().println(broker.bootstrapServers());
            }
        }
    }
}
