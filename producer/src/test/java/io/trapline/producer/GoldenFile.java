package io.trapline.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A text that a test must produce, kept in a file: {@code -Dsnap.update=true} writes it anew, and the diff is reviewed. */
public final class GoldenFile {
    private static final Path ROOT = Path.of("src/test/resources/golden");

    private GoldenFile() {}

    public static void check(String name, String actual) throws IOException {
        Path file = ROOT.resolve(name);
        if (Boolean.getBoolean("snap.update")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, actual);
        }
        assertThat(file).as("run with -Dsnap.update=true to write it").exists();
        assertThat(actual).isEqualTo(Files.readString(file));
    }
}
