package io.trapline.app.run;

import io.trapline.producer.ImportProblem;
import io.trapline.schemas.avro.Run;
import java.util.List;

/** A recording that has been read to its end: its run, and what was noticed on the way. */
public record Imported(Run run, List<ImportProblem> problems) {
    public Imported {
        problems = List.copyOf(problems);
    }
}
