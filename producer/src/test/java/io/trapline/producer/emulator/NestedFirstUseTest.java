package io.trapline.producer.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.producer.format.ReadOptions;
import io.trapline.producer.format.RecordingImporter;
import io.trapline.producer.scenario.BuiltInScenarios;
import io.trapline.producer.scenario.ScenarioFile;
import io.trapline.producer.source.TraceInput;
import io.trapline.producer.source.UnreadableInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** R30: what a first use of tile data in L2 costs L0, with KVM in L1; in the emulator as in a kernel. */
class NestedFirstUseTest {
    private static final String RECORDING =
            "src/test/resources/recordings/bochs-amx/linux-guest-linux-6.1/q3-nested-l2-xfd.txt.gz";

    /** The handler of the recording's L2 also reads XFD; Linux's does not. */
    private static final String HANDLER_READS_XFD =
            "d exit MSR_READ; d r 1c4=40000; d w 1c5=0; . nexit; . g r 1c4=40000; d w 1c5=40000; d entry";

    /** XFD work of L0, L1 or L2: the nine exits of R30. The others are L1's RDMSR of DEBUGCTL before each VMRESUME. */
    private static final int EXITS = 11;

    @Test
    void isTheSameExitsInTheSameOrder() throws IOException, UnreadableInput {
        Set<List<String>> recorded = undisturbedFirstUses(recorded());
        Set<List<String>> emulated = undisturbedFirstUses(emulated());

        // Those of the recording that are longer have CPUID in L2's handler, to see what becomes of XFD_ERR meanwhile.
        assertThat(emulated)
                .singleElement()
                .satisfies(exits -> assertThat(exits).hasSize(EXITS));
        assertThat(recorded).containsAll(emulated);
        assertThat(recorded).allSatisfy(exits -> assertThat(exits).hasSizeGreaterThanOrEqualTo(EXITS));
    }

    private static List<String> recorded() throws IOException, UnreadableInput {
        XfdTurns turns = new XfdTurns();
        try (TraceInput input = TraceInput.open(RECORDING)) {
            new RecordingImporter("run", ReadOptions.NONE, RecordingImporter.CHUNK_EVENTS_MAX, turns).run(input);
        }
        return turns.all();
    }

    private static List<String> emulated() {
        XfdTurns turns = new XfdTurns();
        ScenarioFile scenario = BuiltInScenarios.read("l1-kvm-amx");
        scenario.emulator(scenario.options().withEvents(100_000)).run(turns);
        return turns.all();
    }

    /** From the reflected #NM to L2's write of XFD, where no interrupt and no missing page comes in between. */
    private static Set<List<String>> undisturbedFirstUses(List<String> turns) {
        Set<List<String>> uses = new TreeSet<>((one, other) -> one.toString().compareTo(other.toString()));
        List<String> use = null;
        for (String turn : turns) {
            if (turn.startsWith("d exit EXCEPTION_NMI NM;") && turn.contains("nreflect")) {
                use = new ArrayList<>();
            }
            boolean disturbed = turn.startsWith("d exit EPT_VIOLATION") || turn.startsWith("d exit EXTERNAL_INTERRUPT");
            use = disturbed ? null : use;
            if (use != null && !turn.equals(HANDLER_READS_XFD)) {
                use.add(turn);
            }
            if (use != null && turn.endsWith("nexit; b w 1c4=0; . g w 1c4=0; d entry")) {
                uses.add(use);
                use = null;
            }
        }
        return uses;
    }
}
