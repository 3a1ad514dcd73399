package io.trapline.app;

import io.trapline.app.cli.TraplineCommand;
import io.trapline.schemas.wire.OwnRecords;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The process {@code trapline}. */
public final class Main {

    private Main() {}

    /** Runs one command and ends the JVM with its exit code: Kafka's threads would keep it alive. */
    public static void main(String[] args) {
        OwnRecords.trust();
        // What we print must not depend on where it runs.
        Locale.setDefault(Locale.ROOT);
        System.exit(TraplineCommand.run(args, utf8(FileDescriptor.out), utf8(FileDescriptor.err)));
    }

    /** UTF-8 whatever the locale says: JSON must be, and a report has to read the same on every machine. */
    private static PrintWriter utf8(FileDescriptor stream) {
        return new PrintWriter(new FileOutputStream(stream), true, StandardCharsets.UTF_8);
    }
}
