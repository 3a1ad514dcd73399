package io.trapline.app.cli;

import io.trapline.app.run.Imported;
import io.trapline.producer.ImportProblem;
import java.io.PrintWriter;

/** Tells on stderr what an import noticed. */
final class ImportNotes {
    private static final int SHOWN_MAX = 5;

    private ImportNotes() {}

    static void print(Imported imported, String location, PrintWriter err) {
        imported.problems().stream()
                .limit(SHOWN_MAX)
                .forEach(problem -> err.println("trapline: " + location + place(problem) + ": " + problem.sentence()));
        int more = imported.problems().size() - SHOWN_MAX;
        if (more > 0) {
            err.println("trapline: and " + more + " more of such notes");
        }
        err.flush();
    }

    private static String place(ImportProblem problem) {
        return problem.line() == 0 ? "" : ":" + problem.line();
    }
}
