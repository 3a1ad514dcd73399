package io.trapline.producer.file;

import io.trapline.producer.ImportProblem;
import io.trapline.schemas.avro.Run;
import java.util.List;

/**
 * What a file turned out to hold: the run as far as it is there, and what is wrong with the file. Of a file that is cut, the
 * streams of the run end where the file does, and the events that are missing count as lost.
 */
public record RunFileContents(Run run, List<ImportProblem> problems) {
    public RunFileContents {
        problems = List.copyOf(problems);
    }
}
