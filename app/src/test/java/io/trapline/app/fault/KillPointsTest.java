package io.trapline.app.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Broker, topology and import are killed at moments drawn at random, alone and together; the next start goes on and ends with
 * the answer of a run that nobody disturbed, and nothing is there twice. A plan comes from its seed alone:
 * {@code -Dfault.seed=N} runs it again.
 */
class KillPointsTest {
    private static final long SEED = Long.getLong("fault.seed", 8);
    private static final Path RECORDINGS = Path.of("../producer/src/test/resources/recordings");

    /** Four vCPUs and the host of a machine with AMD-V, 400,000 events. */
    private static final Source SMP =
            Source.recording(RECORDINGS.resolve("amd-svm/linux-6.1/03-smp4/trace.txt.zst"), 3_300_000);

    /** A nested guest with AMX, 120,000 events. */
    private static final Source NESTED =
            Source.recording(RECORDINGS.resolve("bochs-amx/linux-guest-linux-6.1/q3-nested-l2-xfd.txt.gz"), 650_000);

    /** The import is over in a moment: it has to be hit first, if at all. */
    private static final int IMPORTS_FIRST = 2;

    @TempDir
    Path directory;

    @Test
    void fourKillsEndWithTheSameAnswer() throws Exception {
        drill(List.of(SMP), 4, 4);
    }

    @Test
    @Tag("soak")
    void fiftyKillsEndWithTheSameAnswersEachTime() throws Exception {
        List<Source> sources = List.of(
                SMP,
                Source.emulated(SEED, 3_000_000),
                NESTED,
                Source.emulated(SEED + 1, 2_000_000, "--bug", "MISSED_SYNC"));
        drill(sources, 50, 5);
    }

    /** Goes through the sources until so many faults have hit somebody, each in a directory of its own. */
    private void drill(List<Source> sources, int hitsWanted, int hitsOfOne) throws Exception {
        Random random = new Random(SEED);
        int hits = 0;
        for (int turn = 0; hits < hitsWanted; turn++) {
            Source source = sources.get(turn % sources.size());
            FaultDrill drill = new FaultDrill(source, directory.resolve("drill-" + turn));
            int hitsHere = 0;
            // An import that has come to its end can not be hit any more: then the next source.
            for (int attempt = 0; attempt < 2 * hitsOfOne && hitsHere < hitsOfOne && hits < hitsWanted; attempt++) {
                Fault fault = Fault.next(random, attempt < IMPORTS_FIRST);
                say("fault %2d: %s", hits + 1, fault);
                FaultDrill.Hit hit = drill.strike(fault);
                say("          %s %s; %s", hit.fault().scene(), hit.alive() ? "hit" : "hit nobody", hit.told());
                hits += hit.alive() ? 1 : 0;
                hitsHere += hit.alive() ? 1 : 0;
            }
            FaultDrill.End end = drill.finish();
            say(
                    "%s: same digest %s, %d events twice in the log, undisturbed: imported after %d ms, answered after %d ms",
                    source.publish(),
                    end.digest(),
                    end.copies(),
                    end.toImport().toMillis(),
                    end.toAnswer().toMillis());
        }
        assertThat(hits).isEqualTo(hitsWanted);
    }

    private static void say(String form, Object... values) {
        System.out.println("seed " + SEED + ", " + String.format(Locale.ROOT, form, values));
    }
}
