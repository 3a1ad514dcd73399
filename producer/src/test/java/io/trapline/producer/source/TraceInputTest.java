package io.trapline.producer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
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

    @Test
    void packedFilesOneBehindTheOtherAreReadAsOne() throws IOException, UnreadableInput {
        byte[] twice = concat(TEXT, TEXT);

        assertThat(read(concat(packed(GZIPOutputStream::new), packed(GZIPOutputStream::new))))
                .isEqualTo(twice);
        assertThat(read(concat(packed(ZstdOutputStream::new), packed(ZstdOutputStream::new))))
                .isEqualTo(twice);
        Packing xz = out -> new XZOutputStream(out, new LZMA2Options());
        assertThat(read(concat(packed(xz), packed(xz)))).isEqualTo(twice);
    }

    /** Java's own reader takes the end of what has come so far for the end of the file. */
    @Test
    void aSecondMemberOfGzipMayComeLater() throws IOException, UnreadableInput {
        byte[] member = packed(GZIPOutputStream::new);
        InputStream memberByMember =
                new SequenceInputStream(new ByteArrayInputStream(member), new ByteArrayInputStream(member)) {
                    @Override
                    public int available() {
                        return 0;
                    }
                };

        try (TraceInput input = TraceInput.live("pipe", memberByMember)) {
            assertThat(input.text().readAllBytes()).isEqualTo(concat(TEXT, TEXT));
        }
    }

    @Test
    void whatFollowsPackedDataAndIsNotOfItsKindIsAnError() throws IOException, UnreadableInput {
        byte[] gzip = packed(GZIPOutputStream::new);
        for (byte[] rest : new byte[][] {packed(ZstdOutputStream::new), {'x'}, TEXT}) {
            TraceInput input = TraceInput.of("test.gz", new ByteArrayInputStream(concat(gzip, rest)));

            assertThat(input.text().readNBytes(TEXT.length)).isEqualTo(TEXT);
            assertThatThrownBy(() -> input.text().read())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("something that is not gzip follows");
        }
        assertThat(read(concat(gzip, new byte[100_000]))).as("padded").isEqualTo(TEXT);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void filesOfTheKernelArePassing() throws IOException, UnreadableInput {
        Path file = Files.write(folder.resolve("trace.txt"), TEXT);

        assertThat(TraceInput.passes("/proc/version")).isTrue();
        assertThat(TraceInput.passes(TraceInput.STDIN)).isTrue();
        assertThat(TraceInput.passes(file.toString())).isFalse();
        assertThat(TraceInput.passes(folder.toString())).isFalse();
        assertThat(TraceInput.passes(folder.resolve("none").toString())).isFalse();
        try (TraceInput input = TraceInput.open("/proc/version")) {
            assertThat(input.name()).isEqualTo("version");
            assertThat(input.text().readAllBytes()).isEqualTo(Files.readAllBytes(Path.of("/proc/version")));
        }
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
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
