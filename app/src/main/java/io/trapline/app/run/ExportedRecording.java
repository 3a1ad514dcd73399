package io.trapline.app.run;

import io.trapline.producer.EventSink;
import io.trapline.producer.RecordingSummary;
import io.trapline.producer.file.RunFileContents;
import io.trapline.producer.file.RunFileReader;
import io.trapline.producer.source.TraceInput;
import io.trapline.producer.source.UnreadableInput;
import io.trapline.schemas.avro.Run;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A {@code .trapline} file: the run that was exported, under its own id. Its chunks stay as they are. */
final class ExportedRecording implements RecordingSource {
    private final Run run;
    private final Opener opener;
    private final boolean rereadable;

    /** Opens the file; from its beginning where it is rereadable. */
    private interface Opener {
        RunFileReader open() throws UnreadableInput;
    }

    private ExportedRecording(Run run, Opener opener, boolean rereadable) {
        this.run = run;
        this.opener = opener;
        this.rereadable = rereadable;
    }

    /** A file that can be opened again and again. */
    static ExportedRecording inFile(TextRecording.Opener file) throws UnreadableInput {
        Opener opener = () -> RunFileReader.open(file.open());
        try (RunFileReader reader = opener.open()) {
            return new ExportedRecording(reader.run(), opener, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An input that comes only once. */
    static ExportedRecording passing(TraceInput input) throws UnreadableInput {
        RunFileReader reader = RunFileReader.open(input);
        return new ExportedRecording(reader.run(), () -> reader, false);
    }

    @Override
    public String runId() {
        return run.getRun();
    }

    @Override
    public Run opened() {
        return RecordingSummary.opened(run.getRun(), run.getSource());
    }

    @Override
    public Imported read(int chunkMax, EventSink sink) throws UnreadableInput {
        try (RunFileReader reader = opener.open()) {
            return imported(reader.read(sink));
        } catch (IOException e) {
            throw new UncheckedIOException(run.getSource().getName(), e);
        }
    }

    @Override
    public void checkWhole() throws UnreadableInput {
        if (rereadable) {
            readWhole(events -> {});
        }
    }

    @Override
    public Imported readWhole(EventSink sink) throws UnreadableInput {
        try (RunFileReader reader = opener.open()) {
            return imported(reader.readWhole(sink));
        } catch (IOException e) {
            throw new UncheckedIOException(run.getSource().getName(), e);
        }
    }

    private static Imported imported(RunFileContents contents) {
        return new Imported(contents.run(), contents.problems(), null);
    }
}
