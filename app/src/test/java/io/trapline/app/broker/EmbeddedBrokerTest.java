package io.trapline.app.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real broker: what it promises to those who start it, join it, kill it and start it again. */
@Timeout(120)
class EmbeddedBrokerTest {

    @TempDir
    Path dir;

    @Test
    void dataOutlivesACleanRestart() throws Exception {
        try (BrokerHandle first = Brokers.joinOrStart(dir)) {
            Records.createTopic(first);
            Records.write(first, "a", "b");
            assertThat(Records.read(first, 2)).containsExactly("a", "b");
            assertThat(first.bootstrapServers()).startsWith("127.0.0.1:");
        }
        assertThat(dir.resolve("broker.properties")).doesNotExist();

        try (BrokerHandle second = Brokers.joinOrStart(dir)) {
            Records.write(second, "c");
            assertThat(Records.read(second, 3)).containsExactly("a", "b", "c");
        }
    }

    @Test
    void committedDataOutlivesAKill() throws Exception {
        try (BrokerProcess child = BrokerProcess.start(dir, "a", "b")) {
            child.kill();
        }
        assertThat(dir.resolve("broker.properties")).exists();

        long startNanos = System.nanoTime();
        try (BrokerHandle restarted = Brokers.joinOrStart(dir)) {
            Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
            assertThat(restarted).isInstanceOf(EmbeddedBroker.class);
            assertThat(Records.read(restarted, 2)).containsExactly("a", "b");
            // With Kafka's default it would wait 9 s for its own old registration alone.
            assertThat(took).isLessThan(Duration.ofSeconds(13));
        }
    }

    @Test
    void aSecondCommandJoinsTheBrokerThatIsAlive() throws Exception {
        try (BrokerProcess child = BrokerProcess.start(dir, "a");
                BrokerHandle joined = Brokers.joinOrStart(dir, Map.of("client.id", "second"), sentence -> {})) {
            assertThat(joined).isInstanceOf(JoinedBroker.class);
            assertThat(joined.description()).contains("process " + child.pid());
            assertThat(joined.clientConfig()).containsEntry("client.id", "second");
            assertThat(Records.read(joined, 1)).containsExactly("a");
        }
    }

    @Test
    void commandsThatStartTogetherShareOneBroker() throws Exception {
        CompletableFuture<BrokerHandle> rival = CompletableFuture.supplyAsync(() -> Brokers.joinOrStart(dir));
        try (BrokerHandle mine = Brokers.joinOrStart(dir);
                BrokerHandle theirs = rival.get()) {
            assertThat(List.of(mine, theirs))
                    .hasAtLeastOneElementOfType(EmbeddedBroker.class)
                    .hasAtLeastOneElementOfType(JoinedBroker.class);
            assertThat(mine.bootstrapServers()).isEqualTo(theirs.bootstrapServers());
        }
    }

    @Test
    void anAddressThatNobodyAnswersIsReplaced() throws Exception {
        new BrokerAddress("127.0.0.1:1", ProcessHandle.current().pid(), "nobody")
                .write(dir.resolve("broker.properties"));

        try (BrokerHandle started = Brokers.joinOrStart(dir)) {
            assertThat(started).isInstanceOf(EmbeddedBroker.class);
            assertThat(BrokerAddress.read(dir.resolve("broker.properties"))
                            .orElseThrow()
                            .bootstrapServers())
                    .isEqualTo(started.bootstrapServers());
        }
    }

    @Test
    void anotherClusterAtTheOldAddressIsNotJoined(@TempDir Path otherDir) throws Exception {
        try (BrokerHandle other = Brokers.joinOrStart(otherDir)) {
            BrokerAddress stale = new BrokerAddress(
                    other.bootstrapServers(), ProcessHandle.current().pid(), "ours");

            assertThat(stale.answers()).isFalse();
        }
    }

    @Test
    void aLockedDirectoryIsRefusedInASentence() {
        DataDirectory data = DataDirectory.prepare(dir);
        try (DataDirectory.Lock held = data.tryLock().orElseThrow()) {
            assertThatThrownBy(() -> Brokers.joinOrStart(data, Map.of(), sentence -> {}, Duration.ofMillis(200)))
                    .isInstanceOf(ClusterUnreachable.class)
                    .hasMessageContainingAll(held.path().toString(), "is locked by another process", "--data-dir");
        }
        assertThat(data.tryLock()).hasValueSatisfying(DataDirectory.Lock::close);
    }

    @Test
    void aDirectoryThatIsNotABrokersIsRefusedAndTheLockIsFree() throws Exception {
        Files.createDirectories(dir.resolve("broker"));
        Files.writeString(dir.resolve("broker/meta.properties"), "version=nonsense");

        assertThatThrownBy(() -> Brokers.joinOrStart(dir))
                .isInstanceOf(ClusterUnreachable.class)
                .hasMessageContaining("did not start in " + dir.toRealPath());
        assertThat(DataDirectory.prepare(dir).tryLock()).hasValueSatisfying(DataDirectory.Lock::close);
    }

    @Test
    void aLogDirectoryThatFailsIsToldAndTheJvmLives() throws Exception {
        CompletableFuture<String> told = new CompletableFuture<>();
        try (BrokerHandle broker = Brokers.joinOrStart(dir, Map.of(), told::complete)) {
            deleteTree(dir.resolve("broker"));
            Files.writeString(dir.resolve("broker"), "a file where the broker's directory was");
            try (Admin admin = Admin.create(broker.clientConfig())) {
                var unused = admin.createTopics(List.of(new NewTopic("one-more", 1, (short) 1)));
                assertThat(told.get(60, TimeUnit.SECONDS)).contains("had to stop", "MiB free");
                admin.close(Duration.ZERO);
            }
        }
    }

    @Test
    void aDeadPortIsUnreachableWithinTheBound() throws Exception {
        long startNanos = System.nanoTime();

        assertThatThrownBy(() -> ExternalBroker.connect("127.0.0.1:1", Map.of(), Duration.ofSeconds(2)))
                .isInstanceOf(ClusterUnreachable.class)
                .hasMessageContainingAll("127.0.0.1:1", "no answer within 2 s");
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void anExternalClusterThatAnswersIsUsed() {
        try (BrokerHandle broker = Brokers.joinOrStart(dir);
                BrokerHandle external = Brokers.external(broker.bootstrapServers(), Map.of("linger.ms", "5"))) {
            assertThat(external.clientConfig())
                    .containsEntry("bootstrap.servers", broker.bootstrapServers())
                    .containsEntry("linger.ms", "5");
        }
    }

    private static void deleteTree(Path root) throws Exception {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failed) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
