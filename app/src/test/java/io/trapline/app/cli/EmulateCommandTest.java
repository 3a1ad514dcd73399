package io.trapline.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.producer.scenario.BuiltInScenarios;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scenarios by name and by file, into files and reports. */
class EmulateCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void listsTheScenarios() {
        assertThat(trapline("emulate", "--list-scenarios")).isZero();

        assertThat(out.toString().lines().map(line -> line.split(" ", 2)[0]))
                .containsExactlyElementsOf(BuiltInScenarios.names());
    }

    @Test
    void whatIsShownCanBeRun() throws IOException {
        assertThat(trapline("emulate", "--show", "l1-kvm-amx")).isZero();
        Path file = Files.writeString(folder.resolve("mine.yaml"), out.toString());
        out.getBuffer().setLength(0);

        assertThat(trapline("emulate", file.toString(), "--events", "2000", "--analyze", "--format", "json"))
                .isZero();

        String ofFile = out.toString();
        out.getBuffer().setLength(0);
        assertThat(trapline("emulate", "l1-kvm-amx", "--events", "2000", "--analyze", "--format", "json"))
                .isZero();
        assertThat(out.toString()).isEqualTo(ofFile).contains("l1-kvm-amx-seed-1-");
    }

    @Test
    void aRunFileIsAnalysedAsTheRunItself() {
        String file = folder.resolve("run.trapline").toString();

        assertThat(trapline("emulate", "several-vcpus", "--events", "3000", "-o", file))
                .isZero();
        assertThat(err.toString()).contains("several-vcpus-seed-1-").contains("4 streams");
        assertThat(trapline("analyze", file, "--format", "json")).isZero();
        String ofFile = out.toString();
        out.getBuffer().setLength(0);
        assertThat(trapline("emulate", "several-vcpus", "--events", "3000", "--analyze", "--format", "json"))
                .isZero();

        assertThat(digest(out.toString())).isEqualTo(digest(ofFile));
    }

    @Test
    void aFileThatEndsInTxtIsTheKernelsText() throws IOException {
        Path file = folder.resolve("trace.txt");

        assertThat(trapline("emulate", "svm-lazy-fpu", "--events", "2000", "-o", file.toString()))
                .isZero();

        List<String> lines = Files.readAllLines(file);
        assertThat(lines.get(0)).isEqualTo("# tracer: nop");
        assertThat(lines).anySatisfy(line -> assertThat(line).contains("kvm_entry: vcpu 0, rip 0x"));
        assertThat(trapline("analyze", file.toString())).isZero();
        assertThat(trapline("emulate", "svm-lazy-fpu", "-o", file.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("is there already");
    }

    @Test
    void aFileOfCostsStampsTheTimes() throws IOException {
        assertThat(trapline("emulate", "--show", "server-2000mhz")).isZero();
        String server = out.toString();
        Path same = Files.writeString(folder.resolve("server-2000mhz.costs"), server);
        Path dear = Files.writeString(
                folder.resolve("dear.costs"),
                server.replaceAll("(?m)^exitRoundTrip .*", "exitRoundTrip 9000 9000 16000 A mine"));

        assertThat(emulated(same)).isEqualTo(emulated(null)).isNotEqualTo(emulated(dear));
    }

    private List<String> emulated(Path costs) throws IOException {
        Path file = folder.resolve("trace.txt");
        List<String> args = new ArrayList<>(List.of("emulate", "--events", "1000", "--force", "-o", file.toString()));
        if (costs != null) {
            args.addAll(List.of("--costs", costs.toString()));
        }
        assertThat(trapline(args.toArray(String[]::new))).as(err.toString()).isZero();
        return Files.readAllLines(file);
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), "name: mine\nvms:\n  - geust: {}\n");

        assertThat(trapline("emulate", file.toString(), "--analyze")).isEqualTo(ExitCode.INPUT_UNREADABLE);
        assertThat(err.toString()).contains("mine.yaml:3:5: ").contains("did you mean guest?");

        assertThat(trapline("emulate", "fleat", "--analyze")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("did you mean fleet?");
        assertThat(trapline("emulate", "--show", "fleat")).isEqualTo(ExitCode.USAGE);
        assertThat(trapline("emulate", folder.resolve("none.yaml").toString())).isEqualTo(ExitCode.INPUT_UNREADABLE);
        assertThat(err.toString()).contains("does not exist");
        assertThat(trapline("emulate", "no-amx", "--amx-tasks", "3", "--analyze"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(trapline("emulate", "no-amx", "--as", "trace")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).doesNotContain("defect");
    }

    private static String digest(String json) {
        return json.lines()
                .filter(line -> line.contains("\"digest\""))
                .findFirst()
                .orElseThrow();
    }

    private int trapline(String... args) {
        return TraplineCommand.run(args, new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
