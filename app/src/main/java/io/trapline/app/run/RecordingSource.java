package io.trapline.app.run;

import io.trapline.producer.EventSink;
import io.trapline.producer.source.UnreadableInput;
import io.trapline.schemas.avro.Run;

/** How the events come out of a recording of one kind. */
interface RecordingSource {
    String runId();

    /** The run before its first event. */
    Run opened();

    /** Hands over what is there, in chunks of at most so many events where the kind leaves a choice. */
    Imported read(int chunkMax, EventSink sink) throws UnreadableInput;

    /** Refuses what {@link #readWhole} would refuse at its end, as far as that can be told before. */
    void checkWhole() throws UnreadableInput;

    /** The same for the log, which takes a run as a whole: refuses what must not go there under this id. */
    Imported readWhole(EventSink sink) throws UnreadableInput;
}
