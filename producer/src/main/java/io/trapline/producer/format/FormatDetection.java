package io.trapline.producer.format;

import io.trapline.producer.line.LineReader;
import io.trapline.producer.line.Text;
import io.trapline.producer.source.Compression;
import io.trapline.producer.source.UnreadableInput;
import io.trapline.producer.text.TextFormat;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Finds out from its beginning what an input is: the first line that shows a format decides. */
final class FormatDetection {
    /** An input that shows no format in so many bytes has none: nobody has to wait for its end. */
    static final int BEGINNING_BYTES_MAX = 512 * 1024;

    private static final byte[] TRACE_DAT = {0x17, 0x08, 0x44, 't', 'r', 'a', 'c', 'i', 'n', 'g'};
    private static final byte[] UTF_16_LE = {(byte) 0xff, (byte) 0xfe};
    private static final byte[] UTF_16_BE = {(byte) 0xfe, (byte) 0xff};
    private static final byte[] PERF_DATA = Text.of("PERFILE2");

    private final String name;
    private final List<TextFormat> formats = Formats.all();

    /** {@code name} of the input, for the sentences. */
    FormatDetection(String name) {
        this.name = name;
    }

    /** Reads no further than it must: the input may be a pipe that has only begun. */
    TextFormat of(LineReader lines) throws UnreadableInput {
        byte[] beginning = {};
        int checked = 0;
        boolean more = true;
        while (more) {
            int known = beginning.length;
            beginning = lines.peek(known);
            refuseBinaryFormats(beginning);
            more = beginning.length > known && beginning.length < BEGINNING_BYTES_MAX && !lines.atEnd();
            int whole = more ? lastLineEnd(beginning) : beginning.length;
            Optional<TextFormat> shown = shownBetween(beginning, checked, whole);
            if (shown.isPresent()) {
                return shown.get();
            }
            checked = whole;
        }
        throw noFormat(beginning, lines.broken());
    }

    private static int lastLineEnd(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private Optional<TextFormat> shownBetween(byte[] bytes, int from, int end) {
        int lineFrom = from;
        for (int at = from; at <= end; at++) {
            if (at == end || bytes[at] == '\n') {
                int lineTo = at > lineFrom && bytes[at - 1] == '\r' ? at - 1 : at;
                Optional<TextFormat> shown = shownBy(bytes, lineFrom, lineTo);
                if (shown.isPresent()) {
                    return shown;
                }
                lineFrom = at + 1;
            }
        }
        return Optional.empty();
    }

    private Optional<TextFormat> shownBy(byte[] line, int from, int to) {
        return formats.stream()
                .filter(format -> format.isShownBy(line, from, to))
                .findFirst();
    }

    private void refuseBinaryFormats(byte[] beginning) throws UnreadableInput {
        if (startsWith(beginning, TRACE_DAT)) {
            throw new UnreadableInput(name + " is a trace.dat of trace-cmd, which is not read yet: "
                    + "give the text of trace-cmd report -N.");
        }
        if (startsWith(beginning, PERF_DATA)) {
            throw new UnreadableInput(
                    name + " is a perf.data of perf, which is not read yet: " + "give the text of perf script --ns.");
        }
        if (startsWith(beginning, UTF_16_LE) || startsWith(beginning, UTF_16_BE)) {
            throw new UnreadableInput(name + " is text in UTF-16, as PowerShell's > writes it: "
                    + "give it as UTF-8, by iconv -f UTF-16 -t UTF-8.");
        }
        if (Compression.of(beginning) != Compression.PLAIN) {
            throw new UnreadableInput(name + " is packed twice: unpack it once.");
        }
    }

    private UnreadableInput noFormat(byte[] beginning, IOException broken) {
        if (beginning.length == 0) {
            return new UnreadableInput(
                    broken == null
                            ? name + " is empty: nothing was recorded, or the copy failed."
                            : name + " is cut or broken (" + broken.getMessage()
                                    + "): nothing in it can be unpacked; copy it again.");
        }
        for (byte each : beginning) {
            if (each == 0) {
                return new UnreadableInput(name + " is a binary file: give the text of a kernel trace "
                        + "(/sys/kernel/tracing/trace or trace_pipe), of trace-cmd report or of perf script, plain or "
                        + "packed with gzip, zstd or xz.");
            }
        }
        return new UnreadableInput(name + " is text but no trace: none of its first " + lines(beginning)
                + " lines is an event of /sys/kernel/tracing/trace or trace_pipe, trace-cmd report or perf script."
                + " If it is one of them all the same, name it with --input-format.");
    }

    private static long lines(byte[] bytes) {
        long ends = 0;
        for (byte each : bytes) {
            ends += each == '\n' ? 1 : 0;
        }
        return ends + (bytes[bytes.length - 1] == '\n' ? 0 : 1);
    }

    private static boolean startsWith(byte[] bytes, byte[] magic) {
        return bytes.length >= magic.length && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
    }
}
