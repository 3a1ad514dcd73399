package io.trapline.producer.source;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What a file is, whatever its name: the sha256 of its bytes as they are (packed), in hexadecimal. A run's id is made of
 * it, so it has to be known before the first event leaves: this costs one more pass over the file.
 */
public record SourceFingerprint(String name, String sha256) {

    /** Reads the whole file. */
    public static SourceFingerprint of(Path file) throws UnreadableInput {
        try (DigestingStream bytes = new DigestingStream(TraceInput.openRaw(file), null)) {
            return new SourceFingerprint(file.getFileName().toString(), bytes.drain());
        } catch (IOException e) {
            throw TraceInput.unreadable(file.toString(), e);
        }
    }
}
