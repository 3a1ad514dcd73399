package io.trapline.app.cli;

import io.trapline.app.report.GuestSymbols;
import io.trapline.app.report.SummaryDocument;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The names of the guest's functions: a mixin. */
public final class SymbolsOption {
    @Option(
            names = "--symbols",
            paramLabel = "FILE",
            description = "The guest's System.map or /proc/kallsyms: names the places where it exits.")
    private Path symbols;

    /** The document with names, where a file is named. */
    SummaryDocument named(SummaryDocument document) {
        return symbols == null ? document : document.named(read());
    }

    private GuestSymbols read() {
        try (BufferedReader text = Files.newBufferedReader(symbols)) {
            return GuestSymbols.read(text);
        } catch (NoSuchFileException e) {
            throw new CommandFailure(ExitCode.INPUT_UNREADABLE, symbols + " does not exist.", e);
        } catch (CharacterCodingException e) {
            throw new CommandFailure(ExitCode.INPUT_UNREADABLE, symbols + " is no text in UTF-8.", e);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.INPUT_UNREADABLE, symbols + " cannot be read: " + e + ".", e);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.INPUT_UNREADABLE, symbols + ": " + e.getMessage() + ".", e);
        }
    }
}
