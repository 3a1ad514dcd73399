package io.trapline.producer.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.SortedMap;

/**
 * What a file is, whatever its name: the sha256 of its bytes as they are (packed), in hexadecimal. A run's id is made of
 * it, so it has to be known before the first event leaves: this costs one more pass over the file.
 */
public record SourceFingerprint(String name, String sha256) {

    /** The same content read in another way: a digest of both, or of the content alone where nothing is said. */
    public SourceFingerprint with(SortedMap<String, String> options) {
        if (options.isEmpty()) {
            return this;
        }
        byte[] both = (sha256 + options).getBytes(StandardCharsets.UTF_8);
        return new SourceFingerprint(
                name, HexFormat.of().formatHex(DigestingStream.sha256().digest(both)));
    }

    /** Reads the whole file. */
    public static SourceFingerprint of(Path file) throws UnreadableInput {
        try (DigestingStream bytes = new DigestingStream(TraceInput.openRaw(file), null)) {
            return new SourceFingerprint(file.getFileName().toString(), bytes.drain());
        } catch (IOException e) {
            throw TraceInput.unreadable(file.toString(), e);
        }
    }
}
