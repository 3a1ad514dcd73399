package io.trapline.app.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code trapline} in a JVM of its own, so that it can be killed like a process, and asked afterwards what it said. */
public final class TraplineProcess implements AutoCloseable {
    /** What a shell reports of a process that SIGTERM ended: 128 and the signal's number. */
    static final int TERMINATED = 143;

    /** More than any command may take to end, however busy the machine: a process that takes longer hangs. */
    private static final Duration END_MAX = Duration.ofSeconds(90);

    private final String command;
    private final Process process;
    private final Path output;
    private final Path errors;

    private TraplineProcess(String command, Process process, Path output, Path errors) {
        this.command = command;
        this.process = process;
        this.output = output;
        this.errors = errors;
    }

    /** Starts it with these arguments; what it prints goes to files below {@code outputDir}. */
    public static TraplineProcess start(Path outputDir, List<String> arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                // Short lives on few cores: what the better compiler would gain comes too late.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "io.trapline.app.Main"));
        line.addAll(arguments);
        Files.createDirectories(outputDir);
        Path output = Files.createTempFile(outputDir, arguments.get(0) + "-", ".out");
        Path errors = Files.createTempFile(outputDir, arguments.get(0) + "-", ".err");
        Process process = new ProcessBuilder(line)
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        return new TraplineProcess(String.join(" ", arguments), process, output, errors);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** kill -9: no hook runs, nothing is flushed. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** kill -15, which the JVM treats as it treats Ctrl-C. */
    void terminate() {
        process.destroy();
    }

    /** Waits so long for it to end; true if it has. */
    boolean endsWithin(Duration max) throws InterruptedException {
        return process.waitFor(max.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Its exit code, to be waited for. One that does not end is a failure, with the stacks of its threads. */
    int exitCode() throws InterruptedException {
        if (!endsWithin(END_MAX)) {
            String stacks = stacks();
            kill();
            throw new AssertionError(this + " did not end within " + END_MAX.toSeconds() + " s\n" + stacks);
        }
        return process.exitValue();
    }

    /** What it wrote to stdout so far. */
    String output() {
        return read(output);
    }

    /** What it wrote to stderr so far. */
    String errors() {
        return read(errors);
    }

    /** Whatever happened to it, a user reads sentences: no stack, no call to report a defect. */
    void assertSpeaksInSentences() {
        assertThat(errors())
                .as("stderr of %s", this)
                .doesNotContain("\tat ")
                .doesNotContain("defect of Trapline")
                .doesNotContain("Exception in thread");
    }

    private String stacks() {
        try {
            Process dump = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(process.pid()),
                            "Thread.print")
                    .redirectErrorStream(true)
                    .start();
            return new String(dump.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "no stacks: " + e;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "'trapline " + command + "'";
    }

    /** Nothing may stay behind, whatever a test did. */
    @Override
    public void close() {
        kill();
    }
}
