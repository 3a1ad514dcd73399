package io.trapline.app.broker;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The directory that holds an embedded broker's data, its address while it is alive, and the lock that keeps it to one process. */
final class DataDirectory {

    /**
     * The directories this JVM has locked. A second channel on a lock file would release the first one's lock when it is closed
     * (POSIX locks belong to the process), so it must not even be opened.
     */
    private static final Set<Path> LOCKED_HERE = ConcurrentHashMap.newKeySet();

    private final Path path;

    private DataDirectory(Path path) {
        this.path = path;
    }

    /** Creates the directory if need be and makes sure that it can be written. */
    static DataDirectory prepare(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        try {
            Files.createDirectories(absolute);
            if (!Files.isWritable(absolute)) {
                throw unusable(absolute, "it cannot be written", null);
            }
            return new DataDirectory(absolute.toRealPath());
        } catch (FileAlreadyExistsException e) {
            throw unusable(absolute, e.getFile() + " is not a directory", e);
        } catch (IOException e) {
            throw unusable(absolute, "it cannot be created (" + e + ")", e);
        }
    }

    private static ClusterUnreachable unusable(Path path, String reason, Throwable cause) {
        return new ClusterUnreachable(
                "The data directory " + path + " cannot hold a broker: " + reason
                        + ". Name another with --data-dir or TRAPLINE_DATA.",
                cause);
    }

    Path path() {
        return path;
    }

    /** Where the broker keeps its topics. */
    Path brokerLogs() {
        return path.resolve("broker");
    }

    Path addressFile() {
        return path.resolve("broker.properties");
    }

    /** Deletes everything but the lock file, whose holder the caller is. */
    void clear(Lock held) {
        try (Stream<Path> found = Files.walk(held.path())) {
            for (Path file : found.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(held.path()) && !file.equals(lockFile())) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw unusable(path, "what an earlier broker left there cannot be deleted (" + e + ")", e);
        }
    }

    private Path lockFile() {
        return path.resolve("broker.lock");
    }

    /** The right to run a broker here; empty while another holds it. The system frees it when the holder dies, however it dies. */
    Optional<Lock> tryLock() {
        if (!LOCKED_HERE.add(path)) {
            return Optional.empty();
        }
        Lock lock = null;
        try {
            FileChannel channel = FileChannel.open(lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock fileLock = channel.tryLock();
            if (fileLock == null) {
                channel.close();
                return Optional.empty();
            }
            lock = new Lock(path, channel);
            return Optional.of(lock);
        } catch (IOException e) {
            throw unusable(path, "it cannot be locked (" + e + ")", e);
        } finally {
            if (lock == null) {
                LOCKED_HERE.remove(path);
            }
        }
    }

    /** The lock while it is held; the lock file itself stays, as removing it would let two processes lock two files. */
    record Lock(Path path, FileChannel channel) implements AutoCloseable {

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new IllegalStateException("could not let go of " + path, e);
            } finally {
                LOCKED_HERE.remove(path);
            }
        }
    }
}
