package io.trapline.producer.file;

import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunStream;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.StreamKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How far each stream of a run has come while its file is read. */
final class FileStreams {
    private final Run run;
    private final Map<StreamKey, Position> positions = new LinkedHashMap<>();
    private final EventColumns rest = new EventColumns();

    private static final class Position {
        final RunStream listed;
        long nextSeq;
        long events;

        Position(RunStream listed) {
            this.listed = listed;
        }
    }

    FileStreams(Run run) {
        this.run = run;
        for (RunStream stream : run.getStreams()) {
            positions.put(new StreamKey(run.getRun(), stream.getVm(), stream.getVcpu()), new Position(stream));
        }
    }

    boolean lists(StreamKey stream) {
        return positions.containsKey(stream);
    }

    /** What of a chunk goes on where its stream stands, or null if all of it has come before. */
    EventColumns advance(EventColumns chunk) throws DamagedFile {
        Position position = positions.get(chunk.stream());
        long behind = chunk.firstSeq() + chunk.count();
        if (chunk.firstSeq() > position.nextSeq) {
            throw new DamagedFile("stream " + chunk.stream().encode() + " goes on with event " + chunk.firstSeq()
                    + " where " + position.nextSeq + " belongs");
        }
        if (behind > position.listed.getLastSeq() + 1) {
            throw new DamagedFile("stream " + chunk.stream().encode() + " goes on behind its last event");
        }
        if (behind <= position.nextSeq) {
            return null;
        }
        EventColumns fresh = from(chunk, (int) (position.nextSeq - chunk.firstSeq()));
        position.nextSeq = behind;
        position.events += withoutCopies(fresh);
        return fresh;
    }

    private EventColumns from(EventColumns chunk, int first) {
        if (first == 0) {
            return chunk;
        }
        rest.reset(chunk.stream(), chunk.clockHz(), chunk.firstSeq() + first);
        for (int row = first; row < chunk.count(); row++) {
            rest.appendFrom(chunk, row);
        }
        return rest;
    }

    private static long withoutCopies(EventColumns events) {
        long copies = 0;
        for (int row = 0; row < events.count(); row++) {
            copies += events.isCopy(row) ? 1 : 0;
        }
        return events.count() - copies;
    }

    /** Whether every stream has come to its last event. */
    boolean complete() {
        return positions.values().stream().allMatch(at -> at.nextSeq == at.listed.getLastSeq() + 1);
    }

    /** Events that the run lists and that have not come; copies of others are no events. */
    long missing() {
        return positions.values().stream()
                .mapToLong(at -> at.listed.getEvents() - at.events)
                .sum();
    }

    /** The run with its streams ending where they stand, and what is missing told as lost. */
    Run cutHere() {
        List<RunStream> streams = new ArrayList<>();
        for (Position at : positions.values()) {
            streams.add(RunStream.newBuilder(at.listed)
                    .setLastSeq(at.nextSeq - 1)
                    .setEvents(at.events)
                    .build());
        }
        return Run.newBuilder(run)
                .setStreams(streams)
                .setLost(run.getLost() + missing())
                .setLossMarkers(run.getLossMarkers() + 1)
                .build();
    }
}
