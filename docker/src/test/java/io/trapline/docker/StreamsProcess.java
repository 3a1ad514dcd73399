package io.trapline.docker;

import io.trapline.app.Main;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** {@code trapline streams} as a user runs it: a process that is told to end when it is no longer needed. */
final class StreamsProcess implements AutoCloseable {
    private static final long END_SECONDS_MAX = 40;

    private final Process process;
    private final Path said;

    private StreamsProcess(Process process, Path said) {
        this.process = process;
        this.said = said;
    }

    static StreamsProcess start(String bootstrapServers, Path folder) throws IOException {
        Path said = folder.resolve("streams.log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "streams",
                        "--bootstrap-server",
                        bootstrapServers,
                        "--data-dir",
                        folder.resolve("data").toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        return new StreamsProcess(process, said);
    }

    /** What it wrote, for the message of a test that failed. */
    String said() {
        try {
            return "trapline streams " + (process.isAlive() ? "is running" : "ended with " + process.exitValue())
                    + " and said:\n" + Files.readString(said, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "trapline streams left no log: " + e;
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
