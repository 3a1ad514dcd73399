package io.trapline.app.run;

import io.trapline.producer.EventSink;
import io.trapline.producer.source.UnreadableInput;
import io.trapline.schemas.avro.Run;

/** All events of one run, wherever it lies. */
public interface RunEvents {
    /** Hands all events to the sink, those of a stream in their order; returns the run as it is at its end. */
    Run read(EventSink sink) throws UnreadableInput;
}
