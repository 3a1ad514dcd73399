package io.trapline.app.proof;

import io.trapline.app.report.SummaryDocument;
import io.trapline.app.run.RunDocument;
import io.trapline.producer.RecordingSummary;
import io.trapline.producer.format.ReadOptions;
import io.trapline.producer.format.RecordingImporter;
import io.trapline.producer.source.TraceInput;
import io.trapline.producer.source.UnreadableInput;
import io.trapline.schemas.avro.SummaryRow;
import io.trapline.streams.profile.AnalysisInputs;
import io.trapline.streams.totals.Analysis;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Traces as lines of text, so that tests can break them, and what the plain loop says of them. */
public final class TraceLines {
    /** The recordings of the producer, one file or several in a directory each. */
    public static final Path RECORDINGS = Path.of("../producer/src/test/resources/recordings");

    private static final int CHUNK_EVENTS = 100;

    private TraceLines() {}

    /** All recordings, in the order of their paths. */
    public static List<Path> recordings() throws IOException {
        try (Stream<Path> files = Files.walk(RECORDINGS)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    /** All lines; of a packed file that is cut, those that can be unpacked. Bytes stay as they are. */
    public static List<String> of(Path recording) throws IOException {
        return of(recording, 0, Integer.MAX_VALUE);
    }

    /** The header and at most so many lines, after leaving out as many; those before, if the recording is shorter. */
    public static List<String> of(Path recording, int leftOut, int linesMax) throws IOException {
        List<String> lines = new ArrayList<>();
        int header = 0;
        try (TraceInput input = TraceInput.open(recording.toString());
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(input.text(), StandardCharsets.ISO_8859_1))) {
            int read = 0;
            for (String line = reader.readLine();
                    line != null && read < (long) leftOut + linesMax;
                    line = reader.readLine()) {
                header += header == read && line.startsWith("#") ? 1 : 0;
                lines.add(line);
                read++;
                if (lines.size() - header > linesMax) {
                    lines.subList(header, header + linesMax / 2).clear();
                }
            }
        } catch (EOFException | UnreadableInput cut) {
            if (!recording.toString().contains("cut")) {
                throw new IOException(recording.toString(), cut);
            }
        }
        return lines;
    }

    public static SummaryDocument analyze(List<String> lines) throws UnreadableInput, IOException {
        return analyze(lines, AnalysisInputs.named(Analysis.LIVE));
    }

    /** With what the user tells. */
    public static SummaryDocument analyze(List<String> lines, AnalysisInputs inputs)
            throws UnreadableInput, IOException {
        return RunDocument.of(rows(lines, CHUNK_EVENTS, inputs));
    }

    /** Policy and cause of each finding. */
    public static Set<String> causes(List<String> lines, int chunkMax) throws UnreadableInput, IOException {
        return rows(lines, chunkMax, AnalysisInputs.named(Analysis.LIVE)).stream()
                .map(SummaryRow::getFinding)
                .filter(Objects::nonNull)
                .map(finding -> finding.getPolicy() + " " + finding.getCause())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<SummaryRow> rows(List<String> lines, int chunkMax, AnalysisInputs inputs)
            throws UnreadableInput, IOException {
        byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.ISO_8859_1);
        Analysis analysis = new Analysis(inputs);
        try (TraceInput input = TraceInput.of("trace.txt", new ByteArrayInputStream(text))) {
            RecordingSummary imported =
                    new RecordingImporter("run", ReadOptions.NONE, chunkMax, analysis::accept).run(input);
            return analysis.finish(imported.toRun("run"));
        }
    }
}
