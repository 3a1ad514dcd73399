package io.trapline.app.run;

import io.trapline.producer.ImportProblem;
import io.trapline.producer.RecordingSummary;
import io.trapline.schemas.avro.Run;
import java.util.List;

/**
 * A recording that has been read to its end: its run, and what was noticed on the way. {@code summary} is null for an
 * exported run, of which nothing is known but its record.
 */
public record Imported(Run run, List<ImportProblem> problems, RecordingSummary summary) {
    public Imported {
        problems = List.copyOf(problems);
    }
}
