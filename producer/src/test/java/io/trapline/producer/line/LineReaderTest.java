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
    void ofALineThatIsTooLongTheRestIsSkippedAndCounted() {
        LineReader reader = reader("x".repeat(10 * LineReader.LINE_BYTES_MAX) + "\nnext\n");

        assertThat(reader.next()).isTrue();
        assertThat(reader.isTooLong()).isTrue();
        assertThat(reader.to() - reader.from()).isEqualTo(LineReader.LINE_BYTES_MAX);
        assertThat(lines(reader)).containsExactly("next");
        assertThat(reader.number()).isEqualTo(2);
        assertThat(reader.skipped()).isEqualTo(9L * LineReader.LINE_BYTES_MAX);
        assertThat(reader.isTorn()).isFalse();
    }

    @Test
    void whatIsTooLongDoesNotDependOnHowItIsRead() {
        String text = "x".repeat(9) + "\n" + "y".repeat(10) + "\n" + "z".repeat(11) + "\nnext\n" + "w".repeat(25);
        for (int piece = 1; piece < text.length(); piece++) {
            LineReader reader = new LineReader(inPiecesOf(piece, text), 10);

            assertThat(lines(reader))
                    .as("read in pieces of %d", piece)
                    .containsExactly("x".repeat(9), "y".repeat(10), "z".repeat(10), "next", "w".repeat(10));
            assertThat(reader.skipped()).isEqualTo(1 + 15);
        }
    }

    @Test
    void aByteOrderMarkInFrontIsNoPartOfTheFirstLine() {
        String text = "\ufeffa\n\ufeffb\n";
        for (int piece = 1; piece < 8; piece++) {
            assertThat(lines(new LineReader(inPiecesOf(piece, text)))).containsExactly("a", "\ufeffb");
        }
        LineReader peeked = reader(text);
        assertThat(new String(peeked.peek(0), StandardCharsets.UTF_8)).startsWith("a");
        assertThat(lines("\ufeff")).isEmpty();
        assertThat(lines("ab")).containsExactly("ab");
    }

    private static InputStream inPiecesOf(int bytes, String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] to, int offset, int length) {
                return super.read(to, offset, Math.min(length, bytes));
            }
        };
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
