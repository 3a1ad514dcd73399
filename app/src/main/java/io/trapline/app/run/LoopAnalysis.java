package io.trapline.app.run;

import io.trapline.producer.emulator.Emulator;
import io.trapline.producer.format.RecordingImporter;
import io.trapline.producer.source.UnreadableInput;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.SummaryRow;
import io.trapline.streams.fold.ExitWatcher;
import io.trapline.streams.profile.AnalysisInputs;
import io.trapline.streams.totals.Analysis;
import java.util.List;

/** Driver 1 of the core: a loop over the events of one recording, without a broker. No Kafka class is loaded here. */
public final class LoopAnalysis {
    /** Rows of the summary in their order, and what the import noticed; {@code imported} null for an emulated run. */
    public record Result(List<SummaryRow> rows, Run run, Imported imported) {}

    private final AnalysisInputs inputs;
    private final ExitWatcher watcher;
    private final int chunkMax;

    /** The analysis of this name, about which the user says nothing. */
    public LoopAnalysis(String analysis) {
        this(AnalysisInputs.named(analysis));
    }

    public LoopAnalysis(AnalysisInputs inputs) {
        this(inputs, ExitWatcher.NONE);
    }

    /** The same, which tells the watcher of every exit. It serves one run. */
    public LoopAnalysis(AnalysisInputs inputs, ExitWatcher watcher) {
        this(inputs, watcher, RecordingImporter.CHUNK_EVENTS_MAX);
    }

    LoopAnalysis(AnalysisInputs inputs, ExitWatcher watcher, int chunkMax) {
        this.inputs = inputs;
        this.watcher = watcher;
        this.chunkMax = chunkMax;
    }

    public Result of(RecordingFile recording) throws UnreadableInput {
        Analysis fold = new Analysis(inputs, watcher);
        Imported imported = recording.read(chunkMax, fold::accept);
        return new Result(fold.finish(imported.run()), imported.run(), imported);
    }

    public Result of(Emulator emulator) {
        Analysis fold = new Analysis(inputs, watcher);
        Run run = emulator.run(fold::accept).run();
        return new Result(fold.finish(run), run, null);
    }
}
