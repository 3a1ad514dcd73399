package io.trapline.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Output that was read once by a person and must stay as it is. Written anew with {@code -Dsnap.update=true}. */
public final class Golden {
    private static final Path RESOURCES = Path.of("src/test/resources");

    private Golden() {}

    static void check(String file, String actual) throws IOException {
        check("report", file, actual);
    }

    /** {@code folder} is one of the test resources. */
    public static void check(String folder, String file, String actual) throws IOException {
        Path golden = RESOURCES.resolve(folder).resolve(file);
        if (Boolean.getBoolean("snap.update")) {
            Files.writeString(golden, actual);
        }
        assertThat(actual).as(golden.toString()).isEqualTo(Files.readString(golden));
    }
}
