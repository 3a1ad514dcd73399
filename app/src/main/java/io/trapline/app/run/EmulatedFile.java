package io.trapline.app.run;

import io.trapline.producer.emulator.Emulator;
import io.trapline.producer.file.RunFileWriter;
import io.trapline.producer.ftrace.TraceText;
import io.trapline.schemas.avro.Run;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** A run of the emulator as a file. */
public final class EmulatedFile {
    private EmulatedFile() {}

    /**
     * As {@code trapline export} would write it. The file begins with the complete run, which is known at the end: so the
     * emulator runs twice, and no event has to be kept.
     */
    public static Run writeRun(Emulator emulator, OutputStream out, String tool) throws IOException {
        Run run = emulator.run(events -> {}).run();
        try (RunFileWriter file = new RunFileWriter(out, run, tool)) {
            emulator.run(file);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return run;
    }

    /** As the kernel's trace file would have it. */
    public static Run writeTrace(Emulator emulator, OutputStream out) throws IOException {
        TraceText text = new TraceText();
        Run run = emulator.run(text).run();
        text.writeTo(out, run);
        out.flush();
        return run;
    }
}
