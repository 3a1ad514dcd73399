package io.trapline.producer.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineReaderTest {
    private static final long SEED = 7;

    @Test
    void linesEndInLfOrCrLf() {
        assertThat(lines("a\nbb\r\n\nccc\n")).containsExactly("a", "bb", "", "ccc");
    }

    @Test
    void aLastLineWithoutEndIsTorn() {
        LineReader reader = reader("whole\ntorn");

        assertThat(reader.next()).isTrue();
        assertThat(reader.isTorn()).isFalse();
        assertThat(reader.next()).isTrue();
        assertThat(reader.isTorn()).isTrue();
        assertThat(reader.number()).isEqualTo(2);
        assertThat(reader.next()).isFalse();
    }

    @Test
    void linesOfAnyLengthComeWholeHoweverTheyAreRead() {
        Random random = new Random(SEED);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            expected.add("x".repeat(random.nextInt(200)));
        }
        byte[] bytes = (String.join("\n", expected) + "\n").getBytes(StandardCharsets.US_ASCII);
        InputStream inPieces = new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] to, int offset, int length) {
                return super.read(to, offset, Math.min(length, 1 + random.nextInt(5_000)));
            }
        };

        assertThat(lines(new LineReader(inPieces))).isEqualTo(expected);
    }

    @Test
    void aLineThatIsTooLongComesInParts() {
        LineReader reader = reader("x".repeat(3 * LineReader.LINE_BYTES_MAX) + "\nnext\n");
        List<String> lines = lines(reader);

        assertThat(lines).hasSizeGreaterThan(1).last().isEqualTo("next");
        assertThat(reader.isTorn()).isFalse();
    }

    @Test
    void aBrokenSourceEndsTheLines() {
        LineReader reader = new LineReader(new InputStream() {
            private boolean first = true;

            @Override
            public int read() {
                throw new AssertionError("reads arrays");
            }

            @Override
            public int read(byte[] to, int offset, int length) throws IOException {
                if (!first) {
                    throw new IOException("broken");
                }
                first = false;
                to[offset] = 'a';
                to[offset + 1] = '\n';
                return 2;
            }
        });

        assertThat(lines(reader)).containsExactly("a");
        assertThat(reader.broken()).hasMessage("broken");
    }

    private static List<String> lines(String text) {
        return lines(reader(text));
    }

    private static List<String> lines(LineReader reader) {
        List<String> lines = new ArrayList<>();
        while (reader.next()) {
            lines.add(Text.string(reader.bytes(), reader.from(), reader.to()));
        }
        return lines;
    }

    private static LineReader reader(String text) {
        return new LineReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
