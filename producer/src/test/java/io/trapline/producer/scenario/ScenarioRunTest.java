package io.trapline.producer.scenario;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.trapline.schemas.event.EventFields;
import io.trapline.schemas.event.EventFlags;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.EventText;
import io.trapline.schemas.event.EventView;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scenario runs, the same each time, and comes back from the kernel's text event by event. */
class ScenarioRunTest {
    private static final long EVENTS = 6_000;
    private static final long NANOS_PER_MICRO = 1_000;

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

        assertThat(first.byThread(result.run())).isEqualTo(second.byThread(result.run()));
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
        assertThat(imported.byThread(again)).isEqualTo(emulated.byThread(run));
    }

    @Test
    void theFileOfTheFirstScenarioIsWhatItWasBeforeThereWereFiles() {
        EmulatorOptions options = EmulatorOptions.ofSeed(1);

        assertThat(BuiltInScenarios.read("amx-tasks").options()).isEqualTo(options);
        assertThat(emulator("amx-tasks").open().getRun())
                .isEqualTo(new Emulator(options.withEvents(EVENTS)).open().getRun());
    }

    /** Two guests of one kind are two classes for now: they may not go apart. */
    @Test
    void theGuestOfTheFirstScenarioIsTheOneThatFilesDescribe() {
        Lines built = new Lines(true);
        Lines described = new Lines(true);
        ScenarioFile file = BuiltInScenarios.read("amx-tasks");
        ScenarioFile renamed =
                new ScenarioFile("other", "", file.options(), file.isa(), file.cpus(), file.movesVcpus(), file.vms());

        Run run = file.emulator(file.options()).run(built).run();
        Run other = renamed.emulator(file.options()).run(described).run();

        assertThat(described.byThread(other)).isEqualTo(built.byThread(run));
    }

    private static Emulator emulator(String name) {
        ScenarioFile scenario = BuiltInScenarios.read(name);
        return scenario.emulator(scenario.options().withEvents(Math.max(EVENTS, scenario.vcpus() * 250L)));
    }

    /** The events of each vCPU, as lines. */
    private static final class Lines implements io.trapline.producer.EventSink {
        private final boolean all;
        private final SortedMap<String, List<String>> byStream = new TreeMap<>();
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
            List<String> lines = byStream.computeIfAbsent(
                    columns.stream().vm() + "/" + columns.stream().vcpu(), stream -> new ArrayList<>());
            for (int row = 0; row < columns.count(); row++) {
                event.on(columns, row);
                boolean copy = event.kind() == EventKind.HOST_MSR_ACCESS && event.has(EventFields.HostMsrAccess.THREAD);
                if (all || !event.kind().isGroundTruth() && !copy) {
                    lines.add(line());
                }
            }
        }

        private String line() {
            long time = all ? event.time() : event.time() / NANOS_PER_MICRO;
            return time + " " + event.cpu() + " " + (event.flags() & ~EventFlags.RECORDED) + " " + EventText.of(event);
        }

        /** By thread number, which is the same whatever a VM is called. */
        SortedMap<Integer, List<String>> byThread(Run run) {
            SortedMap<Integer, List<String>> threads = new TreeMap<>();
            for (RunStream stream : run.getStreams()) {
                List<String> lines = byStream.get(stream.getVm() + "/" + stream.getVcpu());
                if (lines != null) {
                    threads.put(stream.getThreads().get(0).getPid(), lines);
                }
            }
            return threads;
        }
    }
}
