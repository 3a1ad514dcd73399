package io.trapline.producer.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.producer.format.ReadOptions;
import io.trapline.producer.format.RecordingImporter;
import io.trapline.producer.source.TraceInput;
import io.trapline.producer.source.UnreadableInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The emulator beside real kernels that ran the same guest: exit by exit the same records about XFD, in the same order. */
class BochsAlignmentTest {
    private static final String ROOT = "src/test/resources/recordings/bochs-amx/direct-linux-6.1/";

    private static final List<String> RECORDINGS = List.of(
            "s0-amx-noxfd.txt",
            "s1-xfd-arm-nm.txt",
            "s2-xfd-armed-amx-unused.txt",
            "s3-bad-bits.txt",
            "s4-nm-loop.txt",
            "s5-zero-writes-first.txt",
            "s6-cr0ts-nm-and-stale-xfd-err.txt",
            "s7-spin-timer.txt",
            "s8-irqchip-timer.txt",
            "s9-misc-exits-noxfd.txt",
            "s10-no-permission.txt");

    /** Exits that are compared on neither side, and why. */
    private static final Map<String, String> LEFT_OUT = Map.of(
            "EPT_VIOLATION", "where the guest's pages lie, and when the host finds them missing, is no matter of XFD",
            "EPT_MISCONFIG", "the guest's MMIO: its first access is EPT_VIOLATION in the kernel, EPT_MISCONFIG here",
            "HLT", "s0 to s7 have no local APIC in the kernel, so HLT goes to user space; here it is always there",
            "EXTERNAL_INTERRUPT", "comes by the host's time",
            "PAUSE_INSTRUCTION", "comes by the host's time",
            "INTERRUPT_WINDOW", "comes by the host's time");

    private static final Map<Integer, List<String>> DIFFERENT = Map.of();

    static IntStream scenarios() {
        return IntStream.range(0, RECORDINGS.size());
    }

    @ParameterizedTest(name = "s{0}")
    @MethodSource("scenarios")
    void agreesExitByExit(int scenario) throws IOException, UnreadableInput {
        List<String> recorded = compared(recorded(RECORDINGS.get(scenario)));
        List<String> emulated = compared(emulated(scenario));

        assertThat(TurnDifference.of(recorded, emulated)).isEqualTo(DIFFERENT.getOrDefault(scenario, List.of()));
    }

    private static List<String> recorded(String name) throws IOException, UnreadableInput {
        XfdTurns turns = new XfdTurns();
        try (TraceInput input = TraceInput.open(ROOT + name)) {
            new RecordingImporter("run", ReadOptions.NONE, RecordingImporter.CHUNK_EVENTS_MAX, turns).run(input);
        }
        return turns.all();
    }

    private static List<String> emulated(int scenario) {
        XfdTurns turns = new XfdTurns();
        EmulatorOptions options = EmulatorOptions.ofSeed(scenario).withGuestInstructions(1);
        new Emulator(options).run(turns, new BochsGuest(scenario), 1_024);
        return turns.all();
    }

    private static List<String> compared(List<String> turns) {
        List<String> compared = new ArrayList<>(turns);
        compared.removeIf(turn -> LEFT_OUT.keySet().stream().anyMatch(reason -> turn.startsWith("d exit " + reason)));
        return compared;
    }
}
