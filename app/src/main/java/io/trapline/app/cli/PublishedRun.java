package io.trapline.app.cli;

import io.trapline.app.run.Publication;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunStream;
import java.io.PrintWriter;

/** One line on stdout for a run that is in the log now: its id comes first, for scripts. */
final class PublishedRun {
    private PublishedRun() {}

    static void print(Publication.Result result, PrintWriter out) {
        Run run = result.run();
        long events = run.getStreams().stream().mapToLong(RunStream::getEvents).sum();
        out.println(run.getRun() + "  " + (result.wasThere() ? "was in the log already" : "complete") + ", " + events
                + " events in " + run.getStreams().size() + " streams, " + run.getUnparsed() + " lines not understood"
                + howItCameThere(result.before()));
    }

    /** For stderr: a run that is in a file. */
    static String written(Run run, String place) {
        long events = run.getStreams().stream().mapToLong(RunStream::getEvents).sum();
        return "trapline: " + run.getRun() + " is in " + place + ", " + events + " events in "
                + run.getStreams().size() + " streams";
    }

    private static String howItCameThere(Publication.Before before) {
        return switch (before) {
            case NOTHING, ALL -> "";
            case PART -> "; a part was in the log already, and was gone on with";
            case CLOSED_PART -> "; a part had been closed as aborted, and was deleted first";
        };
    }
}
