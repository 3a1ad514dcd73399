package io.trapline.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input gets a sentence on stderr and the documented exit code, or is counted and survived; never a stack trace. */
class BadInputTest {
    private static final Path RECORDING =
            Path.of("../producer/src/test/resources/recordings/bochs-amx/direct-linux-6.1/s1-xfd-arm-nm.txt");

    @TempDir
    Path folder;

    private StringWriter out;
    private StringWriter err;

    @BeforeEach
    void fresh() {
        out = new StringWriter();
        err = new StringWriter();
    }

    @Test
    void aMissingFile() {
        assertThat(run("analyze", folder.resolve("none.txt").toString())).isEqualTo(ExitCode.INPUT_UNREADABLE);
        assertSentence("none.txt does not exist");
    }

    @Test
    void aDirectory() {
        assertThat(run("analyze", folder.toString())).isEqualTo(ExitCode.INPUT_UNREADABLE);
        assertSentence("is a directory");
    }

    @Test
    void anEmptyFile() throws IOException {
        assertThat(run("analyze", file("empty.txt", new byte[0]))).isEqualTo(ExitCode.INPUT_UNREADABLE);
        assertSentence("empty.txt is empty");
    }

    @Test
    void aBinaryFile() throws IOException {
        byte[] noise = new byte[100_000];
        new Random(1).nextBytes(noise);
        assertThat(run("analyze", file("noise.bin", noise))).isEqualTo(ExitCode.INPUT_UNREADABLE);
        assertSentence("noise.bin");
    }

    @Test
    void aTextThatIsNoTrace() throws IOException {
        byte[] text = "Dear list,\n\nplease find the patch below.\n".getBytes(StandardCharsets.UTF_8);
        assertThat(run("analyze", file("mail.txt", text))).isEqualTo(ExitCode.INPUT_UNREADABLE);
        assertSentence("mail.txt");
    }

    @Test
    void aTruncatedLastLineIsCountedAndSurvived() throws IOException {
        byte[] whole = Files.readAllBytes(RECORDING);
        String cut = file("cut.txt", java.util.Arrays.copyOf(whole, whole.length / 2));
        assertThat(run("analyze", "--format", "json", cut)).isEqualTo(ExitCode.FINE);
        assertThat(out.toString()).contains("\"unparsed\": 1,").contains("\"balanced\": true");
        assertThat(err.toString()).contains("cut.txt");
    }

    @Test
    void anUnknownOptionOrNoFile() {
        assertThat(run("analyze")).isEqualTo(ExitCode.USAGE);
        assertThat(run("analyze", "--format", "pdf", RECORDING.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(run("emulate", "--analyze", "--events", "0")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void findingsFailTheCommandOnlyAsFarAsAskedFor() {
        assertThat(run("emulate", "--analyze", "--bug", "MISSED_SYNC")).isEqualTo(ExitCode.FINDINGS);
        assertThat(out.toString()).contains("P8").contains("violated");
        assertThat(run("emulate", "--analyze", "--bug", "MISSED_SYNC", "--fail-on", "none"))
                .isEqualTo(ExitCode.FINE);
        assertThat(run("emulate", "--analyze", "--bug", "UNRECORDED_ENTRY")).isEqualTo(ExitCode.FINE);
        assertThat(run("emulate", "--analyze", "--bug", "UNRECORDED_ENTRY", "--fail-on", "trace"))
                .isEqualTo(ExitCode.FINDINGS);
    }

    private int run(String... args) {
        return TraplineCommand.run(args, new PrintWriter(out), new PrintWriter(err));
    }

    private String file(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, content);
        return file.toString();
    }

    private void assertSentence(String part) {
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).startsWith("trapline: ").contains(part).hasLineCount(1);
    }
}
