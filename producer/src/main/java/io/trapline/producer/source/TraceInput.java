package io.trapline.producer.source;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/** An opened recording: its unpacked bytes, and what identifies it. */
public final class TraceInput implements Closeable {
    /** Location that means standard input. */
    public static final String STDIN = "-";

    /** Size of an input whose end is not known before it comes. */
    public static final long SIZE_UNKNOWN = -1;

    /** Bytes that {@link #beginsWith} can look at. */
    private static final int PEEK_BYTES_MAX = 16;

    private static final String STDIN_NAME = "stdin";

    private final String name;
    private final long packedSize;
    private final DigestingStream packed;
    private final LiveStream live;
    private final PushbackInputStream unpacked;

    /** {@code live} is null for a source that has an end of its own. */
    private TraceInput(String name, long packedSize, DigestingStream packed, LiveStream live) throws UnreadableInput {
        this.name = name;
        this.packedSize = packedSize;
        this.packed = packed;
        this.live = live;
        this.unpacked = new PushbackInputStream(unpack(), PEEK_BYTES_MAX);
    }

    /** Opens a file, or standard input for {@link #STDIN}; the digest is computed on the way. A pipe is read live. */
    public static TraceInput open(String location) throws UnreadableInput {
        if (location.equals(STDIN)) {
            return live(STDIN_NAME, System.in);
        }
        Path file = path(location);
        return passes(file) ? live(file.getFileName().toString(), openRaw(file)) : openFile(file, null);
    }

    /** Whether what is there can be read only once: standard input, a pipe, a device, or {@code trace_pipe}. */
    public static boolean passes(String location) throws UnreadableInput {
        return location.equals(STDIN) || passes(path(location));
    }

    /** Files of the kernel, which are made when read, say that they are empty. */
    private static boolean passes(Path file) throws UnreadableInput {
        try {
            return Files.exists(file)
                    && !Files.isDirectory(file)
                    && (!Files.isRegularFile(file) || Files.size(file) == 0);
        } catch (IOException e) {
            throw unreadable(file.toString(), e);
        }
    }

    /** Opens a file whose fingerprint was taken before: it is not computed again. */
    public static TraceInput open(Path file, SourceFingerprint fingerprint) throws UnreadableInput {
        return openFile(file, fingerprint.sha256());
    }

    /** Reads from a source that may fall silent, and whose end may be decided here. */
    public static TraceInput live(String name, InputStream source) throws UnreadableInput {
        LiveStream live = new LiveStream(source);
        return new TraceInput(name, SIZE_UNKNOWN, new DigestingStream(live, null), live);
    }

    /** Reads from a stream, possibly packed, under a name of the caller's. */
    public static TraceInput of(String name, InputStream packed) throws UnreadableInput {
        return new TraceInput(name, SIZE_UNKNOWN, new DigestingStream(packed, null), null);
    }

    private static TraceInput openFile(Path file, String sha256) throws UnreadableInput {
        try {
            long size = Files.isRegularFile(file) ? Files.size(file) : SIZE_UNKNOWN;
            DigestingStream packed = new DigestingStream(openRaw(file), sha256);
            return new TraceInput(file.getFileName().toString(), size, packed, null);
        } catch (IOException e) {
            throw unreadable(file.toString(), e);
        }
    }

    static InputStream openRaw(Path file) throws UnreadableInput {
        if (Files.isDirectory(file)) {
            throw new UnreadableInput(file + " is a directory: name one recording in it.");
        }
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw unreadable(file.toString(), e);
        }
    }

    static UnreadableInput unreadable(String name, IOException cause) {
        if (cause instanceof NoSuchFileException || cause instanceof FileNotFoundException) {
            return new UnreadableInput(name + " does not exist: check the path.", cause);
        }
        if (cause instanceof AccessDeniedException) {
            return new UnreadableInput(name + " may not be read by this user: check its permissions.", cause);
        }
        return new UnreadableInput(name + " cannot be read (" + cause.getMessage() + "): check the file.", cause);
    }

    private static Path path(String location) throws UnreadableInput {
        try {
            return Path.of(location);
        } catch (InvalidPathException e) {
            throw new UnreadableInput(location + " is no path: " + e.getReason() + ".", e);
        }
    }

    private InputStream unpack() throws UnreadableInput {
        try {
            byte[] head = packed.readNBytes(Compression.MAGIC_BYTES);
            if (head.length == 0) {
                throw new UnreadableInput(name + " is empty: nothing was recorded, or the copy failed.");
            }
            PushbackInputStream whole = new PushbackInputStream(packed, head.length);
            whole.unread(head);
            return Compression.of(head).unpack(whole);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    /**
     * What is done when a live source pauses, and after 50 ms at the latest, by the thread that reads: whatever it has read
     * can be handed on then. Does nothing for other sources.
     */
    public void onPause(Runnable action) {
        if (live != null) {
            live.onPause(action);
        }
    }

    /** Ends a live source where it is; from any thread. Does nothing for other sources. */
    public void stop() {
        if (live != null) {
            live.stop();
        }
    }

    /** Base name of the file, as given. */
    public String name() {
        return name;
    }

    /** The unpacked bytes. A read fails with an {@link IOException} where packed data is cut or broken. */
    public InputStream text() {
        return unpacked;
    }

    /**
     * Whether the unpacked bytes begin so; takes none of them away. Asked before anything is read. Data that cannot be
     * unpacked that far begins otherwise: whoever reads it next meets the same error.
     */
    public boolean beginsWith(byte[] magic) {
        byte[] beginning = new byte[magic.length];
        int read = 0;
        try {
            read = unpacked.readNBytes(beginning, 0, beginning.length);
            unpacked.unread(beginning, 0, read);
        } catch (IOException e) {
            return false;
        }
        return read == magic.length && Arrays.equals(beginning, magic);
    }

    /** Bytes of the file as it is (packed), or {@link #SIZE_UNKNOWN}. */
    public long packedSize() {
        return packedSize;
    }

    /** Bytes of the file (packed) that have been read; may be asked by another thread, for progress. */
    public long packedBytesRead() {
        return packed.bytes();
    }

    /** Sha256 of the file as it is (packed), in hexadecimal. Reads what is left of it. */
    public String sha256() throws IOException {
        return packed.drain();
    }

    @Override
    public void close() throws IOException {
        unpacked.close();
    }
}
