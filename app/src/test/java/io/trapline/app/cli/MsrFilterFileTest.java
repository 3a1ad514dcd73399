package io.trapline.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trapline.streams.profile.MsrFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MsrFilterFileTest {
    @TempDir
    private Path directory;

    private MsrFilter read(String text) throws IOException {
        return MsrFilterFile.read(Files.writeString(directory.resolve("filter.txt"), text));
    }

    @Test
    void rangesDirectionsDefaultAndCommentsAreRead() throws IOException {
        MsrFilter filter = read("""
                # what our VMM denies
                default deny
                allow read        0x1c4-0x1c5
                deny  read+write  0x1C0-0x1cf   # all others around
                allow write 0xc0000102
                """);

        assertThat(filter.allows(0x1c4, false)).isTrue();
        assertThat(filter.allows(0x1c4, true)).isFalse();
        assertThat(filter.allows(0x1c6, false)).isFalse();
        assertThat(filter.allows(0xc0000102L, true)).isTrue();
        assertThat(filter.allows(0xc0000102L, false)).isFalse();
        assertThat(filter.allows(0x10, false)).isFalse();
    }

    @Test
    void whatIsNotSaidIsAllowed() throws IOException {
        assertThat(read("deny write 0x48\n").allows(0x49, true)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "deny all 0x48, 2",
        "deny read 48, 2",
        "deny read 0x48-, 2",
        "deny read 0x48-0x40, 2",
        "default maybe, 2",
        "default allow, 2",
        "deny read 0x123456789, 2"
    })
    void anUnintelligibleLineIsNamed(String line, int number) {
        assertThatThrownBy(() -> read("default allow\n" + line + "\n"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("filter.txt:" + number + ": ");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> MsrFilterFile.read(directory.resolve("none")))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("none");
    }
}
