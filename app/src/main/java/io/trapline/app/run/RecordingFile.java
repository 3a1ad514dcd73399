package io.trapline.app.run;

import io.trapline.producer.source.SourceFingerprint;
import io.trapline.producer.source.TraceInput;
import io.trapline.producer.source.UnreadableInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HexFormat;

/** A recording that the user named: a file, standard input, or one that ships with Trapline. Knows its run id. */
public final class RecordingFile {
    private static final int ID_BYTES = 6;
    private static final String BUNDLED = "/recordings/";

    private final String location;
    private final String runId;
    private final Opener opener;

    private interface Opener {
        TraceInput open() throws UnreadableInput;
    }

    private RecordingFile(String location, String runId, Opener opener) {
        this.location = location;
        this.runId = runId;
        this.opener = opener;
    }

    /**
     * The recording at a path, or standard input for {@code -}. A file's id is made of its name and content, so the same
     * file is the same run; standard input cannot be read twice, and gets an id of its own from {@code streamId}.
     */
    public static RecordingFile at(String location, long streamId) throws UnreadableInput {
        if (location.equals(TraceInput.STDIN)) {
            return new RecordingFile(
                    "standard input", "stdin-" + HexFormat.of().toHexDigits(streamId), () -> TraceInput.open(location));
        }
        Path path = path(location);
        SourceFingerprint fingerprint = SourceFingerprint.of(path);
        return new RecordingFile(
                location, id(fingerprint.name(), fingerprint.sha256()), () -> TraceInput.open(path, fingerprint));
    }

    /** A recording in our own resources. */
    public static RecordingFile bundled(String name) throws UnreadableInput {
        Opener opener = () -> TraceInput.of(name, resource(name));
        try (TraceInput input = opener.open()) {
            return new RecordingFile("bundled recording " + name, id(name, input.sha256()), opener);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code name-<12 hex of the content>}. */
    public String runId() {
        return runId;
    }

    public String location() {
        return location;
    }

    public TraceInput open() throws UnreadableInput {
        return opener.open();
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
