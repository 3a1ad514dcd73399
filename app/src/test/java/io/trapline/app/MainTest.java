package io.trapline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MainTest {
    private static final String RECORDING =
            "../producer/src/test/resources/recordings/bochs-amx/direct-linux-6.1/s1-xfd-arm-nm.txt";

    @Test
    void theCommandLineLoadsNoKafkaClass() throws Exception {
        Outcome help = java(List.of("-Xlog:class+load:stdout"), "--help");

        assertThat(help.output()).contains("io.trapline.app.cli.TraplineCommand", "Usage: trapline");
        assertThat(help.output()).doesNotContain("org.apache.kafka.", "kafka.server.", "ch.qos.logback.");
        assertThat(help.exitCode()).isZero();
    }

    @Test
    void analyzeLoadsNoKafkaClass() throws Exception {
        assertNeedsNoKafka("P8   conforms", "analyze", RECORDING);
    }

    @Test
    void stateOfAFileLoadsNoKafkaClass() throws Exception {
        assertNeedsNoKafka("The turn that is open", "state", RECORDING, "--at", ":190");
    }

    @Test
    void explainOfAFileLoadsNoKafkaClass() throws Exception {
        assertNeedsNoKafka("has no findings", "explain", RECORDING);
    }

    private static void assertNeedsNoKafka(String said, String... args) throws Exception {
        Outcome report = java(List.of("-Xlog:class+load:stdout"), args);

        assertThat(report.output()).contains("io.trapline.streams.core.Replay", said);
        assertThat(report.output()).doesNotContain("org.apache.kafka.", "kafka.server.");
        assertThat(report.exitCode()).isZero();
    }

    @Test
    void theProcessEndsWithTheCodeOfTheCommand() throws Exception {
        assertThat(java(List.of(), "--no-such-option").exitCode()).isEqualTo(2);
    }

    private static Outcome java(List<String> jvmOptions, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.trapline.app.Main"));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output);
    }

    private record Outcome(int exitCode, String output) {}
}
