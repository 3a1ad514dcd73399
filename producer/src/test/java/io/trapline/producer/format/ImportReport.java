package io.trapline.producer.format;

import io.trapline.producer.CollectedEvents;
import io.trapline.producer.EventSink;
import io.trapline.producer.RecordingSummary;
import io.trapline.producer.StreamSummary;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventView;
import io.trapline.schemas.event.StreamKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** An import as text that a person can review: the summary, and of each stream its first events and a digest of all. */
final class ImportReport implements EventSink {
    private static final int EVENTS_SHOWN = 6;

    /** The first events of a stream, and a digest of all. */
    private static final class Stream {
        private final List<String> first = new ArrayList<>();
        private final MessageDigest digest = sha256();
    }

    private final Map<StreamKey, Stream> streams = new HashMap<>();
    private final EventView event = new EventView();

    @Override
    public void accept(EventColumns events) {
        Stream stream = streams.computeIfAbsent(events.stream(), key -> new Stream());
        for (int row = 0; row < events.count(); row++) {
            String line = CollectedEvents.line(event.on(events, row));
            stream.digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
            if (stream.first.size() < EVENTS_SHOWN) {
                stream.first.add(line);
            }
        }
    }

    /** The report, when the sink has all events. */
    String of(RecordingSummary summary) {
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
        summary.untypedByName()
                .forEach((name, count) -> report.append("  untyped ")
                        .append(name)
                        .append(' ')
                        .append(count)
                        .append('\n'));
        summary.problems().forEach(problem -> report.append(problem).append('\n'));
        summary.streams().forEach(stream -> stream(report, stream));
        return report.toString();
    }

    private void stream(StringBuilder report, StreamSummary stream) {
        report.append("\nstream ")
                .append(stream.key().vm())
                .append('/')
                .append(stream.key().vcpu());
        report.append(" lastSeq ").append(stream.lastSeq()).append(" copies ").append(stream.copies());
        report.append(stream.clamps() > 0 ? " clamps " + stream.clamps() : "");
        report.append(stream.vmGuessed() ? " VM guessed" : "");
        stream.threads()
                .forEach(thread -> report.append(" thread ")
                        .append(thread.getPid())
                        .append(" \"")
                        .append(thread.getComm())
                        .append('"'));
        report.append('\n');
        Stream events = streams.get(stream.key());
        events.first.forEach(line -> report.append("  ").append(line).append('\n'));
        report.append("  all: sha256 ")
                .append(HexFormat.of().formatHex(events.digest.digest()))
                .append('\n');
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
