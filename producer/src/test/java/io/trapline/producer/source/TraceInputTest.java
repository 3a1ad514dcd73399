package io.trapline.producer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Files are unpacked by what they are, and told apart by their bytes. */
class TraceInputTest {
    private static final byte[] TEXT = "a line\nanother\n".repeat(1_000).getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    /** A stream that packs. */
    private interface Packing {
        OutputStream on(OutputStream out) throws IOException;
    }

    @Test
    void packedAndPlainReadTheSame() throws IOException, UnreadableInput {
        assertThat(read(TEXT)).isEqualTo(TEXT);
        assertThat(read(packed(GZIPOutputStream::new))).isEqualTo(TEXT);
        assertThat(read(packed(ZstdOutputStream::new))).isEqualTo(TEXT);
        assertThat(read(packed(out -> new XZOutputStream(out, new LZMA2Options()))))
                .isEqualTo(TEXT);
    }

    @Test
    void theDigestIsOfTheFileAsItIsEvenBehindThePackedPart() throws IOException, UnreadableInput {
        byte[] gzip = packed(GZIPOutputStream::new);
        Path file = folder.resolve("trace.txt.gz");
        Files.write(file, gzip);

        SourceFingerprint fingerprint = SourceFingerprint.of(file);

        assertThat(fingerprint.name()).isEqualTo("trace.txt.gz");
        assertThat(fingerprint.sha256())
                .isEqualTo(HexFormat.of().formatHex(DigestingStream.sha256().digest(gzip)));
        try (TraceInput input = TraceInput.open(file.toString());
                TraceInput again = TraceInput.open(file, fingerprint)) {
            assertThat(input.sha256()).isEqualTo(fingerprint.sha256());
            assertThat(again.sha256()).isEqualTo(fingerprint.sha256());
            assertThat(input.packedSize()).isEqualTo(gzip.length);
            assertThat(input.packedBytesRead()).isEqualTo(gzip.length);
        }
    }

    @Test
    void theDigestCanBeAskedForAfterTheEnd() throws IOException, UnreadableInput {
        Path file = folder.resolve("trace.txt");
        Files.write(file, TEXT);
        try (TraceInput input = TraceInput.open(file.toString())) {
            input.text().readAllBytes();

            assertThat(input.sha256()).isEqualTo(SourceFingerprint.of(file).sha256());
        }
    }

    @Test
    void whatCannotBeOpenedIsSaidInASentence() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.txt"));

        assertThatThrownBy(() -> TraceInput.open(folder.resolve("none.txt").toString()))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageContaining("none.txt does not exist: check the path.");
        assertThatThrownBy(() -> TraceInput.open(folder.toString()))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageContaining("is a directory");
        assertThatThrownBy(() -> TraceInput.open(empty.toString()))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageContaining("empty.txt is empty");
        assertThatThrownBy(() -> SourceFingerprint.of(folder.resolve("none.txt")))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageContaining("does not exist");
    }

    @Test
    void aPackedHeadWithoutABodyIsSaidInASentence() {
        byte[] cut = {0x1f, (byte) 0x8b, 8};

        assertThatThrownBy(() -> TraceInput.of("cut.gz", new ByteArrayInputStream(cut)))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageContaining("cut.gz");
    }

    private static byte[] packed(Packing packing) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = packing.on(bytes)) {
            out.write(TEXT);
        }
        return bytes.toByteArray();
    }

    private static byte[] read(byte[] bytes) throws IOException, UnreadableInput {
        try (TraceInput input = TraceInput.of("test", new ByteArrayInputStream(bytes))) {
            return input.text().readAllBytes();
        }
    }
}
