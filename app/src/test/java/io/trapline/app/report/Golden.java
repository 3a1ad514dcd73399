package io.trapline.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Output that was read once by a person and must stay as it is. Written anew with {@code -Dsnap.update=true}. */
final class Golden {
    private static final Path FOLDER = Path.of("src/test/resources/report");

    private Golden() {}

    static void check(String file, String actual) throws IOException {
        Path golden = FOLDER.resolve(file);
        if (Boolean.getBoolean("snap.update")) {
            Files.writeString(golden, actual);
        }
        assertThat(actual).as(golden.toString()).isEqualTo(Files.readString(golden));
    }
}
