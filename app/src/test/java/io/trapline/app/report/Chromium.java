package io.trapline.app.report;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A browser without a window, as the distribution packages it. */
final class Chromium {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final long SECONDS_MAX = 60;

    /** The page once its scripts have run, and what they wrote on the console. */
    record Visit(String dom, List<String> console) {}

    private final String program;

    private Chromium(String program) {
        this.program = program;
    }

    /** The one that is installed here. */
    static Optional<Chromium> installed() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .map(path -> new Chromium(path.toString()));
    }

    Visit visit(Path page, Path folder) throws IOException, InterruptedException {
        Path out = folder.resolve("dom.html");
        Path err = folder.resolve("log.txt");
        Process browser = new ProcessBuilder(
                        program,
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        // A page may look into another file.
                        "--allow-file-access-from-files",
                        "--enable-logging=stderr",
                        "--window-size=1280,1000",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--dump-dom",
                        page.toUri().toString())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!browser.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
            browser.destroyForcibly();
            throw new IllegalStateException(program + " has not ended in " + SECONDS_MAX + " s");
        }
        return new Visit(Files.readString(out), console(err));
    }

    private static List<String> console(Path log) {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("CONSOLE")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
