package io.trapline.app.run;

import io.trapline.producer.EventSink;
import io.trapline.producer.RecordingSummary;
import io.trapline.producer.ftrace.FtraceImporter;
import io.trapline.producer.source.TraceInput;
import io.trapline.producer.source.UnreadableInput;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunSource;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The text of a kernel trace. A cut one is a recording of its own, under an id of its own. */
record TextRecording(String runId, String name, Opener opener) implements RecordingSource {
    private static final String TOOL = "trapline";

    /** Opens the text from its beginning. */
    interface Opener {
        TraceInput open() throws UnreadableInput;
    }

    @Override
    public Run opened() {
        return RecordingSummary.opened(runId, new RunSource(name, FtraceImporter.FORMAT, "", TOOL, null, null));
    }

    @Override
    public Imported read(int chunkMax, EventSink sink) throws UnreadableInput {
        try (TraceInput input = opener.open()) {
            RecordingSummary summary = new FtraceImporter(runId, chunkMax, sink).run(input);
            return new Imported(summary.toRun(runId), summary.problems());
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
        return read(FtraceImporter.CHUNK_EVENTS_MAX, sink);
    }
}
