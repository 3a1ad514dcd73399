package io.trapline.producer.format;

import io.trapline.producer.EventSink;
import io.trapline.producer.RecordingSummary;
import io.trapline.producer.line.LineReader;
import io.trapline.producer.source.TraceInput;
import io.trapline.producer.source.UnreadableInput;
import io.trapline.producer.text.TextFormat;
import io.trapline.producer.text.TextImporter;

/** Reads a recording of whatever format into the streams of a run. */
public final class RecordingImporter {
    /** Events of a chunk on the topic, at most. */
    public static final int CHUNK_EVENTS_MAX = 1_024;

    private final String run;
    private final ReadOptions options;
    private final int chunkMax;
    private final EventSink sink;

    /** Streams are keyed with {@code run}; chunks of at most {@code chunkMax} events go to {@code sink}. */
    public RecordingImporter(String run, ReadOptions options, int chunkMax, EventSink sink) {
        this.run = run;
        this.options = options;
        this.chunkMax = chunkMax;
        this.sink = sink;
    }

    /**
     * Reads to the end, which the sink has all events of when this returns. Bad lines are counted in the summary; an input
     * that is no trace at all is refused before the sink got anything.
     */
    public RecordingSummary run(TraceInput input) throws UnreadableInput {
        LineReader lines = new LineReader(input.text());
        TextFormat format = format(input.name(), lines);
        TextImporter importer = new TextImporter(format, run, chunkMax, options.tscKhz(), sink);
        input.onPause(importer::pause);
        return importer.run(input, lines);
    }

    private TextFormat format(String name, LineReader lines) throws UnreadableInput {
        if (options.format() == null) {
            return new FormatDetection(name).of(lines);
        }
        return Formats.all().stream()
                .filter(format -> format.name().equals(options.format()))
                .findFirst()
                .orElseThrow();
    }
}
