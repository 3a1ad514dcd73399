package io.trapline.app.topology;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** {@code trapline streams} in a JVM of its own, so that it can be killed like a process. */
final class StreamsProcess implements AutoCloseable {
    private static final long END_MAX_SECONDS = 30;

    private final Process process;

    private StreamsProcess(Process process) {
        this.process = process;
    }

    static StreamsProcess start(String bootstrapServers, Path dataDir) throws IOException {
        return new StreamsProcess(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.trapline.app.Main",
                        "streams",
                        "--bootstrap-server",
                        bootstrapServers,
                        "--data-dir",
                        dataDir.resolve("topology").toString(),
                        "--tune",
                        "live")
                .inheritIO()
                .start());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** kill -9. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, END_MAX_SECONDS, TimeUnit.SECONDS)
                .join();
        kill();
    }
}
