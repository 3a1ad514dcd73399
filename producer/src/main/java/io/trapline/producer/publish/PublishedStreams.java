package io.trapline.producer.publish;

import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunStatus;
import io.trapline.schemas.avro.RunStream;
import io.trapline.schemas.event.StreamKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All streams of a run on their way into the log. */
final class PublishedStreams {
    private final String run;
    private final int partitions;
    private final Map<StreamKey, PublishedStream> byKey = new LinkedHashMap<>();

    /** {@code partitions} of the trace topic. */
    PublishedStreams(String run, int partitions) {
        this.run = run;
        this.partitions = partitions;
    }

    /** Goes on with what the log has of the run. Returns how many events that are. */
    long goOn(Map<StreamKey, StoredStream> stored) {
        stored.forEach((key, stream) -> byKey.put(key, new PublishedStream(key, partitions, stream)));
        return stored.values().stream().mapToLong(StoredStream::nextSeq).sum();
    }

    PublishedStream of(StreamKey key) {
        PublishedStream known = byKey.get(key);
        if (known != null) {
            return known;
        }
        if (!key.run().equals(run)) {
            throw new IllegalArgumentException("events of run " + key.run() + " in the publication of " + run);
        }
        PublishedStream stream = new PublishedStream(key, partitions);
        byKey.put(key, stream);
        return stream;
    }

    /** The run as its source describes it at the end, complete and with the places of its streams. */
    Run completed(Run described) {
        if (!described.getRun().equals(run)) {
            throw new IllegalArgumentException("run " + run + " cannot end as " + described.getRun());
        }
        byKey.values().forEach(PublishedStream::requireAllDelivered);
        if (described.getStreams().size() != byKey.size()) {
            throw new IllegalStateException("run " + run + " has " + byKey.size() + " streams, described are "
                    + described.getStreams().size());
        }
        List<RunStream> placed = new ArrayList<>();
        for (RunStream stream : described.getStreams()) {
            PublishedStream published = byKey.get(new StreamKey(run, stream.getVm(), stream.getVcpu()));
            if (published == null) {
                throw new IllegalStateException("run " + run + " is described with a stream " + stream.getVm() + "/"
                        + stream.getVcpu() + " that has no events");
            }
            placed.add(published.placed(stream));
        }
        return Run.newBuilder(described)
                .setStatus(RunStatus.COMPLETE)
                .setStreams(placed)
                .build();
    }
}
