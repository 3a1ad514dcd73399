package io.trapline.producer.tracepoint;

import io.trapline.producer.line.LineCursor;

/** Reads the body of one tracepoint. */
@FunctionalInterface
interface EventParser {
    /**
     * Begins the draft with its kind and fills in its fields. A body that does not fit leaves the cursor failed, or not
     * at the end of the line: the caller sees to it.
     */
    void parse(LineCursor body, EventDraft draft);
}
