package io.trapline.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class ClusterOptionsTest {

    @Test
    void theOptionCountsBeforeTheEnvironmentAndThatBeforeTheDefault() {
        Map<String, String> environment = Map.of("TRAPLINE_DATA", "/var/lib/trapline");

        assertThat(parsed("--data-dir", "here").dataDir(environment)).isEqualTo(Path.of("here"));
        assertThat(parsed().dataDir(environment)).isEqualTo(Path.of("/var/lib/trapline"));
        assertThat(parsed().dataDir(Map.of())).isEqualTo(Path.of(".trapline"));
    }

    @Test
    void anEmptyVariableDoesNotMeanTheCurrentDirectory() {
        assertThat(parsed().dataDir(Map.of("TRAPLINE_DATA", ""))).isEqualTo(Path.of(".trapline"));
    }

    private static ClusterOptions parsed(String... args) {
        Host host = new Host();
        new CommandLine(host).parseArgs(args);
        return host.cluster;
    }

    @Command
    private static final class Host {

        @Mixin
        private ClusterOptions cluster;
    }
}
