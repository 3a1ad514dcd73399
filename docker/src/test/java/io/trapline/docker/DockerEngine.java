package io.trapline.docker;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.testcontainers.utility.TestcontainersConfiguration;

/**
 * Whether there is a Docker engine where Testcontainers would look for one. Asked by a ping, as Testcontainers itself can
 * need minutes to notice that there is none it can use.
 */
final class DockerEngine {
    private static final long ANSWER_MILLIS_MAX = 3000;
    private static final byte[] PING =
            "GET /_ping HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private DockerEngine() {}

    /** Empty where an engine answers, else a sentence for people that says so. */
    static Optional<String> whyNone() {
        String named = TestcontainersConfiguration.getInstance().getEnvVarOrUserProperty("docker.host", null);
        List<URI> places = named == null ? usualPlaces() : List.of(URI.create(named));
        if (places.stream().anyMatch(DockerEngine::answers)) {
            return Optional.empty();
        }
        return Optional.of("Skipped: no Docker engine answers"
                + (places.isEmpty() ? ", as no socket of one is there" : " at " + places)
                + ". Start one, or name it with DOCKER_HOST.");
    }

    /** The sockets of an engine of the system, of the user without root, and of Docker Desktop, as far as they exist. */
    private static List<URI> usualPlaces() {
        List<Path> sockets = new ArrayList<>();
        sockets.add(Path.of("/var/run/docker.sock"));
        Optional.ofNullable(System.getenv("XDG_RUNTIME_DIR"))
                .ifPresent(folder -> sockets.add(Path.of(folder, "docker.sock")));
        Path home = Path.of(System.getProperty("user.home"));
        sockets.add(home.resolve(".docker/run/docker.sock"));
        sockets.add(home.resolve(".docker/desktop/docker.sock"));
        return sockets.stream()
                .filter(Files::exists)
                .map(socket -> URI.create("unix://" + socket))
                .toList();
    }

    private static boolean answers(URI engine) {
        return switch (engine.getScheme()) {
            case "unix" -> answersPing(UnixDomainSocketAddress.of(engine.getPath()), StandardProtocolFamily.UNIX);
            case "tcp", "http" ->
                answersPing(new InetSocketAddress(engine.getHost(), engine.getPort()), StandardProtocolFamily.INET);
            default -> true; // can not be asked this way (TLS, a pipe of Windows): whoever named it will know
        };
    }

    private static boolean answersPing(SocketAddress address, StandardProtocolFamily family) {
        try (SocketChannel channel = SocketChannel.open(family);
                Selector selector = Selector.open()) {
            channel.connect(address);
            channel.write(ByteBuffer.wrap(PING));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            ByteBuffer answer = ByteBuffer.allocate(16);
            return selector.select(ANSWER_MILLIS_MAX) > 0
                    && channel.read(answer) > 0
                    && new String(answer.array(), StandardCharsets.US_ASCII).startsWith("HTTP/1.1 200");
        } catch (IOException nobody) {
            return false;
        }
    }
}
