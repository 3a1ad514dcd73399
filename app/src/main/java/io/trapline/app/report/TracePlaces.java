package io.trapline.app.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trapline.schemas.avro.EvidenceLine;
import io.trapline.schemas.avro.Run;

/** Spells where in a recording something stands, and when it was. */
public record TracePlaces(String source, RunClock clock) {
    public static TracePlaces of(Run run) {
        return new TracePlaces(run.getSource().getName(), RunClock.of(run.getClock()));
    }

    /** {@code file:line}. */
    String place(long position) {
        return source + ":" + position;
    }

    /** {@code file:line at 13.738170 s}, without the time where the clock measures none. */
    String placeAndMoment(EvidenceLine line) {
        String moment = clock.moment(line.getTime());
        return place(line.getSource()) + (moment.isEmpty() ? "" : " at " + moment + " s");
    }

    /** {@code 296  2.192663: kvm_exit: ...}. */
    public String text(EvidenceLine line) {
        String moment = clock.moment(line.getTime());
        return line.getSource() + "  " + (moment.isEmpty() ? "" : moment + ": ") + Lines.safe(line.getText());
    }

    /** Null for no line. */
    public ObjectNode tree(EvidenceLine line) {
        return line == null
                ? null
                : JsonNodeFactory.instance
                        .objectNode()
                        .put("seq", line.getSeq())
                        .put("time_ns", clock.nanos(line.getTime()))
                        .put("source", place(line.getSource()))
                        .put("text", line.getText());
    }
}
