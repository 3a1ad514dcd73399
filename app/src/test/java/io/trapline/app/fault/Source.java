package io.trapline.app.fault;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a run comes from: the command line that puts it into the log, and the one that answers without a broker.
 * {@code logBytes} and {@code resultBytes} are about what it takes in the log and what the topology writes of it, to aim by.
 */
record Source(List<String> publish, List<String> answer, long logBytes, long resultBytes) {
    private static final long LOG_BYTES_PER_EVENT = 4;
    private static final long RESULT_BYTES = 100_000;

    static Source recording(Path file, long logBytes) {
        return new Source(
                List.of("import", file.toString()),
                List.of("analyze", file.toString(), "--format", "json", "--fail-on", "none"),
                logBytes,
                RESULT_BYTES);
    }

    static Source emulated(long seed, long events, String... options) {
        List<String> publish =
                new ArrayList<>(List.of("emulate", "--seed", Long.toString(seed), "--events", Long.toString(events)));
        publish.addAll(List.of(options));
        List<String> answer = new ArrayList<>(publish);
        answer.addAll(List.of("--analyze", "--format", "json", "--fail-on", "none"));
        return new Source(List.copyOf(publish), List.copyOf(answer), events * LOG_BYTES_PER_EVENT, RESULT_BYTES);
    }
}
