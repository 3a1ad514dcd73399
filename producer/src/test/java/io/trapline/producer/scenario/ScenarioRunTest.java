package io.trapline.producer.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.producer.EventSink;
import io.trapline.producer.emulator.Emulator;
import io.trapline.producer.emulator.EmulatorOptions;
import io.trapline.producer.emulator.EmulatorResult;
import io.trapline.producer.format.ReadOptions;
import io.trapline.producer.format.RecordingImporter;
import io.trapline.producer.ftrace.TraceText;
import io.trapline.producer.source.TraceInput;
import io.trapline.producer.source.UnreadableInput;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunStream;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventFlags;
import io.trapline.schemas.event.EventText;
import io.trapline.schemas.event.EventView;
import io.trapline.schemas.event.StreamKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scenario runs, the same each time, and comes back from the kernel's text event by event. */
class ScenarioRunTest {
    private static final long EVENTS = 6_000;
    private static final long MICROS = 1_000_000;

    static List<String> names() {
        return BuiltInScenarios.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void sameSeedSameEvents(String name) {
        Lines first = new Lines(true);
        Lines second = new Lines(true);

        EmulatorResult result = emulator(name).run(first);
        emulator(name).run(second);

        assertThat(first.firstDifference(second)).isNull();
        assertThat(result.kernelFaults()).isZero();
        assertThat(result.guest().instructions()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("names")
    void guestsLoseNothing(String name) {
        EmulatorResult result = emulator(name).run(events -> {});

        assertThat(result.guest().lost()).isZero();
    }

    @ParameterizedTest
    @MethodSource("names")
    void comesBackFromTheKernelsText(String name) throws IOException, UnreadableInput {
        Lines emulated = new Lines(false);
        TraceText text = new TraceText();
        Run run = emulator(name)
                .run(events -> {
                    emulated.accept(events);
                    text.accept(events);
                })
                .run();
        ByteArrayOutputStream trace = new ByteArrayOutputStream();
        text.writeTo(trace, run);
        Lines imported = new Lines(false);

        Run again;
        try (TraceInput input = TraceInput.of(name + ".txt", new ByteArrayInputStream(trace.toByteArray()))) {
            again = new RecordingImporter("again", ReadOptions.NONE, 100, imported)
                    .run(input)
                    .toRun("again");
        }

        assertThat(again.getUnparsed()).isZero();
        assertThat(again.getIsa()).isEqualTo(run.getIsa());
        assertThat(threads(again)).isEqualTo(threads(run));
        assertThat(emulated.firstDifference(imported)).isNull();
    }

    @Test
    void theFileOfTheFirstScenarioIsWhatItWasBeforeThereWereFiles() {
        EmulatorOptions options = EmulatorOptions.ofSeed(1);

        assertThat(BuiltInScenarios.read("amx-tasks").options()).isEqualTo(options);
        assertThat(emulator("amx-tasks").open().getRun())
                .isEqualTo(new Emulator(options.withEvents(EVENTS)).open().getRun());
    }

    /** Its run id says nothing of the guest, which is the file's all the same. */
    @Test
    void theGuestOfTheFirstScenarioIsTheOneThatFilesDescribe() {
        Lines built = new Lines(true);
        Lines described = new Lines(true);
        ScenarioFile file = BuiltInScenarios.read("amx-tasks");
        ScenarioFile renamed =
                new ScenarioFile("other", "", file.options(), file.isa(), file.cpus(), file.movesVcpus(), file.vms());

        file.emulator(file.options()).run(built);
        renamed.emulator(file.options()).run(described);

        assertThat(built.firstDifference(described)).isNull();
    }

    private static Emulator emulator(String name) {
        ScenarioFile scenario = BuiltInScenarios.read(name);
        return scenario.emulator(scenario.options().withEvents(Math.max(EVENTS, scenario.vcpus() * 250L)));
    }

    /** Which thread carries which vCPU; the host's own streams have none. */
    private static SortedMap<Integer, Integer> threads(Run run) {
        SortedMap<Integer, Integer> threads = new TreeMap<>();
        for (RunStream stream : run.getStreams()) {
            stream.getThreads().forEach(thread -> threads.put(thread.getPid(), stream.getVcpu()));
        }
        return threads;
    }

    /** The events of each vCPU, as lines. */
    private static final class Lines implements EventSink {
        private final boolean all;
        private final Map<StreamKey, List<String>> byStream = new HashMap<>();
        private final EventView event = new EventView();

        /** {@code all}: with what a text does not have, and the whole time. */
        Lines(boolean all) {
            this.all = all;
        }

        @Override
        public void accept(EventColumns columns) {
            if (columns.stream().isHost()) {
                return;
            }
            List<String> lines = byStream.computeIfAbsent(columns.stream(), stream -> new ArrayList<>());
            for (int row = 0; row < columns.count(); row++) {
                event.on(columns, row);
                if (all || !event.kind().isGroundTruth()) {
                    lines.add(line());
                }
            }
        }

        private String line() {
            long time = all ? event.time() : event.time() / (event.columns().clockHz() / MICROS);
            return time + " " + event.cpu() + " " + (event.flags() & ~EventFlags.RECORDED) + " " + EventText.of(event);
        }

        /** The first line in which streams that begin alike are not equal, or null. VMs have other names after an import. */
        String firstDifference(Lines other) {
            List<List<String>> mine = sorted();
            List<List<String>> others = other.sorted();
            if (mine.size() != others.size()) {
                return mine.size() + " streams and " + others.size();
            }
            for (int stream = 0; stream < mine.size(); stream++) {
                List<String> one = mine.get(stream);
                List<String> two = others.get(stream);
                int line = 0;
                while (line < Math.min(one.size(), two.size()) && one.get(line).equals(two.get(line))) {
                    line++;
                }
                if (line < Math.max(one.size(), two.size())) {
                    return "stream " + stream + " line " + line + " of " + one.size() + " and " + two.size() + ": "
                            + one.subList(line, Math.min(one.size(), line + 1)) + " and "
                            + two.subList(line, Math.min(two.size(), line + 1));
                }
            }
            return null;
        }

        /** By their first lines, which no two streams share but by vCPU numbers. */
        private List<List<String>> sorted() {
            return byStream.values().stream()
                    .sorted(Comparator.comparing(lines ->
                            String.join("\n", lines.subList(0, Math.min(40, lines.size())))))
                    .toList();
        }
    }
}
