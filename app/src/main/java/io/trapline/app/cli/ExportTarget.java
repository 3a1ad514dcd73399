package io.trapline.app.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Where an export goes: a file that is there whole or not at all, or standard output. */
final class ExportTarget {
    private static final String STDOUT = "-";
    private static final int BUFFER_BYTES = 64 * 1_024;

    private final Path file;
    private final boolean force;

    /** Fills what it is given; may close it. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private ExportTarget(Path file, boolean force) {
        this.file = file;
        this.force = force;
    }

    /** Refuses a file that is there, unless {@code force}. */
    static ExportTarget of(String output, boolean force) {
        if (output.equals(STDOUT)) {
            return new ExportTarget(null, force);
        }
        try {
            ExportTarget target = new ExportTarget(Path.of(output).toAbsolutePath(), force);
            target.check();
            return target;
        } catch (InvalidPathException e) {
            throw new CommandFailure(ExitCode.USAGE, output + " is no path: " + e.getReason() + ".", e);
        }
    }

    /** For a sentence. */
    String place() {
        return file == null ? "standard output" : file.toString();
    }

    void write(Content content) {
        try {
            if (file == null) {
                content.writeTo(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER_BYTES));
            } else {
                writeFile(content);
            }
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.INPUT_UNREADABLE,
                    place() + " cannot be written: " + reason(e) + ". Name another place with -o.",
                    e);
        }
    }

    private void writeFile(Content content) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        try {
            content.writeTo(new BufferedOutputStream(Files.newOutputStream(draft), BUFFER_BYTES));
            check();
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private void check() {
        if (Files.isDirectory(file)) {
            throw new CommandFailure(ExitCode.USAGE, file + " is a directory: name a file with -o.");
        }
        if (!force && Files.exists(file)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    file + " is there already: name another file with -o, or overwrite it with --force.");
        }
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "its folder does not exist";
        }
        return String.valueOf(e.getMessage());
    }
}
