package io.trapline.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trapline.app.cli.ExitCode;
import io.trapline.app.cli.TraplineCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the compose file and the Kubernetes manifest say to {@code trapline} is something it understands. */
class ManifestTest {
    private static final String COMPOSE = "docker/compose.yaml";
    private static final String KUBERNETES = "deploy/kubernetes/streams.yaml";

    @Test
    void composeRunsTheBrokerThatTheTestRuns() throws IOException {
        assertThat(compose().required("kafka").required("image").asText())
                .isEqualTo("apache/kafka:" + System.getProperty("trapline.kafka.version"));
    }

    @Test
    void composeNamesCommandsThatExist() throws IOException {
        List<String> understood = new ArrayList<>();
        for (var service : compose().properties()) {
            JsonNode command = service.getValue().path("command");
            if (!command.isMissingNode()) {
                String typed = command.asText().replaceAll("\\$\\{\\w+:-(\\w+)}", "$1");
                assertUnderstood(List.of(typed.split(" ")));
                understood.add(service.getKey());
            }
        }
        assertThat(understood).containsExactly("topics", "streams", "emulate");
    }

    @Test
    void kubernetesNamesACommandThatExists() throws IOException {
        JsonNode container = Manifest.documents(KUBERNETES)
                .get(0)
                .at("/spec/template/spec/containers")
                .get(0);
        List<String> args = new ArrayList<>();
        container.required("args").forEach(arg -> args.add(arg.asText()));
        assertUnderstood(args);
    }

    private static JsonNode compose() throws IOException {
        return Manifest.documents(COMPOSE).get(0).required("services");
    }

    /**
     * Told to read client settings from a file that is not there, a command complains of that before it does anything; of
     * a word it does not know it complains earlier, with another exit code.
     */
    private static void assertUnderstood(List<String> commandLine) {
        List<String> args = new ArrayList<>(commandLine);
        args.addAll(List.of("--command-config", "no-such-file"));
        StringWriter err = new StringWriter();
        int exitCode = TraplineCommand.run(
                args.toArray(String[]::new), new PrintWriter(new StringWriter()), new PrintWriter(err));
        assertThat(exitCode).as(() -> commandLine + ": " + err).isEqualTo(ExitCode.INPUT_UNREADABLE);
    }
}
