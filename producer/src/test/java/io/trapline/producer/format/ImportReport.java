package io.trapline.producer.format;

import io.trapline.producer.CollectedEvents;
import io.trapline.producer.RecordingSummary;
import io.trapline.producer.StreamSummary;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** An import as text that a person can review: the summary, and of each stream its first events and a digest of all. */
final class ImportReport {
    private static final int EVENTS_SHOWN = 6;

    private ImportReport() {}

    static String of(RecordingSummary summary, CollectedEvents events) {
        StringBuilder report = new StringBuilder();
        report.append("source ").append(summary.source().getName());
        report.append(" ").append(summary.source().getFormat());
        report.append(" sha256 ").append(summary.source().getSha256()).append('\n');
        report.append("clock ").append(summary.clock().getUnit());
        report.append(" hz ").append(summary.clock().getHz()).append('\n');
        report.append("isa ").append(summary.isa()).append('\n');
        report.append("kernel ").append(summary.kernelFrom()).append("..").append(summary.kernelTo());
        report.append(" from ").append(summary.profileFrom()).append('\n');
        report.append("families ").append(summary.familiesSeen()).append('\n');
        report.append("lines ").append(summary.lines());
        report.append(" events ").append(summary.events());
        report.append(" unparsed ").append(summary.unparsed());
        report.append(" lost ").append(summary.lost());
        report.append(" in ").append(summary.lossMarkers()).append(" places\n");
        summary.eventsByKind()
                .forEach((kind, count) -> report.append("  ")
                        .append(kind)
                        .append(' ')
                        .append(count)
                        .append('\n'));
        summary.problems().forEach(problem -> report.append(problem).append('\n'));
        summary.streams().forEach(stream -> stream(report, stream, events));
        return report.toString();
    }

    private static void stream(StringBuilder report, StreamSummary stream, CollectedEvents events) {
        List<String> lines = events.streams().get(stream.key());
        report.append("\nstream ")
                .append(stream.key().vm())
                .append('/')
                .append(stream.key().vcpu());
        report.append(" lastSeq ").append(stream.lastSeq()).append(" copies ").append(stream.copies());
        report.append(stream.vmGuessed() ? " VM guessed" : "");
        stream.threads()
                .forEach(thread -> report.append(" thread ")
                        .append(thread.getPid())
                        .append(" \"")
                        .append(thread.getComm())
                        .append('"'));
        report.append('\n');
        lines.stream()
                .limit(EVENTS_SHOWN)
                .forEach(line -> report.append("  ").append(line).append('\n'));
        report.append("  all: sha256 ").append(sha256(lines)).append('\n');
    }

    private static String sha256(List<String> lines) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            lines.forEach(line -> digest.update((line + "\n").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
