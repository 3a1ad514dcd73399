package io.trapline.app.cli;

import io.trapline.app.broker.BrokerHandle;
import io.trapline.app.broker.Brokers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which cluster a command works with: a mixin for every subcommand that needs one. */
public final class ClusterOptions {

    private static final String DATA_DIR_VARIABLE = "TRAPLINE_DATA";
    private static final Path DATA_DIR_DEFAULT = Path.of(".trapline");

    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--bootstrap-server",
            paramLabel = "HOST:PORT",
            description = "A running Kafka cluster. Without it: the embedded broker of the data directory.")
    private String bootstrapServers;

    @Option(
            names = "--command-config",
            paramLabel = "FILE",
            description = "Client settings for that cluster, as a properties file.")
    private Path commandConfig;

    @Option(
            names = "-X",
            paramLabel = "KEY=VALUE",
            description = "One client setting, over those of the file. May be repeated.")
    private final Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description =
                    "Where the embedded broker keeps its data. Default: $" + DATA_DIR_VARIABLE + ", else .trapline.")
    private Path dataDir;

    /** The cluster the user means; to be closed at the end of the command. Throws what {@link Failures} can explain. */
    public BrokerHandle open() {
        return open(dataDir());
    }

    /** As {@link #open()}, but an embedded broker lives in the given directory: {@code demo} has one of its own. */
    public BrokerHandle open(Path embeddedDataDir) {
        if (bootstrapServers != null) {
            return Brokers.external(bootstrapServers, clientSettings());
        }
        if (commandConfig != null) {
            throw new ParameterException(
                    command.commandLine(), "--command-config is for a cluster named with --bootstrap-server.");
        }
        PrintWriter err = command.commandLine().getErr();
        return Brokers.joinOrStart(embeddedDataDir, settings, sentence -> {
            err.println("trapline: " + sentence);
            // Not exit: the hooks would close a topology in order, which needs the broker, and wait for it in vain.
            Runtime.getRuntime().halt(ExitCode.CLUSTER_UNREACHABLE);
        });
    }

    /** The data directory the user named, in the option or the environment, else {@code .trapline} where they are. */
    public Path dataDir() {
        return dataDir(System.getenv());
    }

    /** Whether there is a log that could have something: a cluster is named, or its data directory is there. */
    boolean mayHaveRuns() {
        return bootstrapServers != null || Files.isDirectory(dataDir());
    }

    Path dataDir(Map<String, String> environment) {
        if (dataDir != null) {
            return dataDir;
        }
        String named = environment.getOrDefault(DATA_DIR_VARIABLE, "");
        return named.isEmpty() ? DATA_DIR_DEFAULT : Path.of(named);
    }

    private Map<String, String> clientSettings() {
        Map<String, String> merged = new LinkedHashMap<>();
        if (commandConfig != null) {
            Properties file = read(commandConfig);
            file.stringPropertyNames().forEach(key -> merged.put(key, file.getProperty(key)));
        }
        merged.putAll(settings);
        return merged;
    }

    private static Properties read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
            return properties;
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandFailure(
                    ExitCode.INPUT_UNREADABLE,
                    "The client settings in " + file + " can not be read: " + e
                            + ". Name a properties file with --command-config.",
                    e);
        }
    }
}
