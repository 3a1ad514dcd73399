package io.trapline.app.run;

import io.trapline.producer.EventSink;
import io.trapline.producer.file.RunFileReader;
import io.trapline.producer.format.ReadOptions;
import io.trapline.producer.source.SourceFingerprint;
import io.trapline.producer.source.TraceInput;
import io.trapline.producer.source.UnreadableInput;
import io.trapline.schemas.avro.Run;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * A recording that the user named: a file, standard input, or one that ships with Trapline; a trace or an exported run, told
 * apart by content. Knows its run id.
 */
public final class RecordingFile {
    private static final int ID_BYTES = 6;
    private static final String BUNDLED = "/recordings/";

    private final String location;
    private final RecordingSource source;

    /** Null for a recording that has an end of its own. */
    private final TraceInput live;

    private RecordingFile(String location, RecordingSource source) {
        this(location, source, null);
    }

    private RecordingFile(String location, RecordingSource source, TraceInput live) {
        this.location = location;
        this.source = source;
        this.live = live;
    }

    /**
     * The recording at a path, or standard input for {@code -}. An exported run keeps its id. A trace's is made of the file's
     * name and content, so the same file is the same run; a pipe, and standard input, cannot be read twice, and get an id of
     * their own from {@code streamId}.
     */
    public static RecordingFile at(String location, long streamId) throws UnreadableInput {
        return at(location, streamId, ReadOptions.NONE);
    }

    /** The same, read as {@code options} say; another way of reading a trace is another run. */
    public static RecordingFile at(String location, long streamId, ReadOptions options) throws UnreadableInput {
        return TraceInput.passes(location)
                ? ofPassing(location, TraceInput.open(location), streamId, options)
                : ofFile(location, path(location), options);
    }

    private static RecordingFile ofPassing(String location, TraceInput input, long streamId, ReadOptions options)
            throws UnreadableInput {
        String id = input.name() + "-" + HexFormat.of().toHexDigits(streamId);
        return new RecordingFile(
                location.equals(TraceInput.STDIN) ? "standard input" : location,
                RunFileReader.recognizes(input)
                        ? ExportedRecording.passing(input)
                        : new TextRecording(id, input.name(), options, () -> input),
                input);
    }

    private static RecordingFile ofFile(String location, Path path, ReadOptions options) throws UnreadableInput {
        if (isExported(location)) {
            return new RecordingFile(location, ExportedRecording.inFile(() -> TraceInput.open(location)));
        }
        SourceFingerprint fingerprint = SourceFingerprint.of(path);
        return new RecordingFile(
                location,
                new TextRecording(
                        id(
                                fingerprint.name(),
                                fingerprint.with(options.thatMatter()).sha256()),
                        fingerprint.name(),
                        options,
                        () -> TraceInput.open(path, fingerprint)));
    }

    private static boolean isExported(String location) throws UnreadableInput {
        try (TraceInput input = TraceInput.open(location)) {
            return RunFileReader.recognizes(input);
        } catch (IOException e) {
            throw new UncheckedIOException(location, e);
        }
    }

    /** A recording in our own resources. */
    public static RecordingFile bundled(String name) throws UnreadableInput {
        TextRecording.Opener opener = () -> TraceInput.of(name, resource(name));
        try (TraceInput input = opener.open()) {
            return new RecordingFile(
                    "bundled recording " + name,
                    new TextRecording(id(name, input.sha256()), name, ReadOptions.NONE, opener));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code name-<12 hex of the content>}, or what an exported run was called. */
    public String runId() {
        return source.runId();
    }

    /** Whether it comes from a source that may go on for ever. */
    public boolean isLive() {
        return live != null;
    }

    /** Ends a live recording where it is; from any thread. */
    public void stop() {
        live.stop();
    }

    public String location() {
        return location;
    }

    /** What is known of the run before its first event. */
    public Run opened() {
        return source.opened();
    }

    /**
     * Hands all events that are there to the sink, chunks of at most so many where the file has none of its own. Standard
     * input is read once.
     */
    public Imported read(int chunkMax, EventSink sink) throws UnreadableInput {
        return source.read(chunkMax, sink);
    }

    /** Refuses what {@link #readWhole} would refuse, before the log has begun a run that cannot be ended. */
    public void checkWhole() throws UnreadableInput {
        source.checkWhole();
    }

    /** The same for the log: refuses an exported run that is not whole, as the log would take it for the run. */
    public Imported readWhole(EventSink sink) throws UnreadableInput {
        return source.readWhole(sink);
    }

    private static String id(String name, String sha256) {
        return name + "-" + sha256.substring(0, 2 * ID_BYTES);
    }

    private static InputStream resource(String name) {
        InputStream found = RecordingFile.class.getResourceAsStream(BUNDLED + name);
        if (found == null) {
            throw new IllegalArgumentException("no recording " + name + " ships with Trapline");
        }
        return found;
    }

    private static Path path(String location) throws UnreadableInput {
        try {
            return Path.of(location);
        } catch (InvalidPathException e) {
            throw new UnreadableInput(location + " is no path: " + e.getReason() + ".", e);
        }
    }
}
