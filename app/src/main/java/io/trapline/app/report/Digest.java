package io.trapline.app.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.erdtman.jcs.JsonCanonicalizer;

/** The digest of a document: what it says, whatever its run is called and whoever computed it. */
final class Digest {
    private static final List<String> NOT_OF_RUN = List.of("id", "source");

    private Digest() {}

    /** Of the canonical form (RFC 8785) of everything but the digest itself and the run's names. */
    static String of(ObjectNode document) {
        ObjectNode covered = document.deepCopy();
        covered.remove("digest");
        covered.withObject("/run").remove(NOT_OF_RUN);
        try {
            byte[] canonical = new JsonCanonicalizer(covered.toString()).getEncodedUTF8();
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(canonical);
            return "sha256:" + HexFormat.of().formatHex(hash);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
