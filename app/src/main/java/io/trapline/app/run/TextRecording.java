package io.trapline.app.run;

import io.trapline.producer.EventSink;
import io.trapline.producer.RecordingSummary;
import io.trapline.producer.format.ReadOptions;
import io.trapline.producer.format.RecordingImporter;
import io.trapline.producer.source.TraceInput;
import io.trapline.producer.source.UnreadableInput;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunSource;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A trace as text, of whatever format. A cut one is a recording of its own, under an id of its own. */
record TextRecording(String runId, String name, ReadOptions options, Opener opener) implements RecordingSource {
    private static final String TOOL = "trapline";

    /** The format shows in the first lines, and these are read when the run is open. */
    private static final String FORMAT_NOT_KNOWN_YET = "unknown";

    /** Opens the text from its beginning. */
    interface Opener {
        TraceInput open() throws UnreadableInput;
    }

    @Override
    public Run opened() {
        return RecordingSummary.opened(runId, new RunSource(name, FORMAT_NOT_KNOWN_YET, "", TOOL, null, null));
    }

    @Override
    public Imported read(int chunkMax, EventSink sink) throws UnreadableInput {
        try (TraceInput input = opener.open()) {
            RecordingSummary summary = new RecordingImporter(runId, options, chunkMax, sink).run(input);
            return new Imported(summary.toRun(runId), summary.problems(), summary);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    @Override
    public void checkWhole() {
        // There is no other whole than what is there.
    }

    @Override
    public Imported readWhole(EventSink sink) throws UnreadableInput {
        return read(RecordingImporter.CHUNK_EVENTS_MAX, sink);
    }
}
