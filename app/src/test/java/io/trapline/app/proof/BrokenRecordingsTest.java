package io.trapline.app.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.producer.source.UnreadableInput;
import io.trapline.streams.policy.Policies;
import io.trapline.streams.policy.Policy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Recordings of guests with AMX, broken in one place by chance: found by the policy that the rules name, and by no other.
 * What is still legal without the line is not found by any.
 */
class BrokenRecordingsTest {
    private static final int CASES = 300;
    private static final int SOAK_CASES = 10_000;
    private static final int LINES_MAX = 12_000;
    /** Where L2 begins to run in the nested recording. */
    private static final int NESTED_FROM = 28_000;

    private static final Set<String> EXISTING =
            Policies.ALL.stream().map(Policy::id).collect(Collectors.toSet());

    private final Map<String, Integer> told = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();

    /** A sound recording and what is found in it: hints that its README explains. */
    private record Sound(Path file, List<String> lines, RecordedTurns turns, Set<String> causes) {
        static Sound of(Path file) {
            try {
                boolean nested = file.toString().contains("nested");
                List<String> lines = TraceLines.of(file, nested ? NESTED_FROM : 0, LINES_MAX);
                return new Sound(file, lines, new RecordedTurns(lines), TraceLines.causes(lines, 100));
            } catch (IOException | UnreadableInput e) {
                throw new IllegalStateException(file.toString(), e);
            }
        }
    }

    @Test
    void eachDamageIsFoundByItsPolicy() throws Exception {
        check(CASES);
    }

    @Test
    @Tag("soak")
    void eachOfManyDamagesIsFoundByItsPolicy() throws Exception {
        check(SOAK_CASES);
    }

    private void check(int cases) throws Exception {
        Seeds seeds = Seeds.of("break.seed");
        List<Sound> recordings = TraceLines.recordings().stream()
                .filter(file -> file.toString().contains("bochs-amx"))
                .map(Sound::of)
                .toList();
        for (int i = 0; i < cases; i++) {
            long seed = seeds.of(i);
            Random random = Seeds.random(seed);
            check(recordings.get(random.nextInt(recordings.size())), random, seeds.again(seed));
        }
        told.forEach((what, times) -> System.out.printf("%5d %s%n", times, what));
        assertThat(wrong).isEmpty();
    }

    private void check(Sound sound, Random random, String again) throws Exception {
        RecordedTurns turns = sound.turns();
        Damage damage = anyDamage(turns, random);
        int at = anyPlace(damage, turns, random);
        Foretold foretold = new Oracle(turns).of(damage, at);
        Set<String> found = new TreeSet<>(TraceLines.causes(damage.done(sound.lines(), turns, at), 100));
        found.removeAll(sound.causes());

        Set<String> policies = found.stream().map(each -> each.split(" ", 2)[0]).collect(Collectors.toSet());
        String what =
                damage + " " + turns.kind(at) + (damage == Damage.SWAPPED_WITH_NEXT ? " " + turns.kind(at + 1) : "");
        String where = what + ": " + sound.file() + ", line " + (turns.line(at).place() + 1) + ": "
                + turns.line(at).text() + "; " + foretold + "; " + again;
        List<String> awaited =
                foretold.caughtBy().stream().filter(EXISTING::contains).toList();
        boolean caught = awaited.isEmpty() || policies.stream().anyMatch(awaited::contains);
        if (!caught || !policies.stream().allMatch(foretold::allows)) {
            wrong.add("found " + found + ", not as foretold: " + where);
        }
        told.merge(what + ": " + outcome(foretold, policies, awaited), 1, Integer::sum);
    }

    private static String outcome(Foretold foretold, Set<String> policies, List<String> awaited) {
        if (foretold.isLegal()) {
            return "legal, " + foretold.why();
        }
        return awaited.isEmpty()
                ? "nobody yet, waits for " + new TreeSet<>(foretold.caughtBy())
                : "caught by " + new TreeSet<>(policies);
    }

    private static Damage anyDamage(RecordedTurns turns, Random random) {
        List<Damage> fitting = Arrays.stream(Damage.values())
                .filter(damage -> places(damage, turns).length > 0)
                .collect(Collectors.toCollection(ArrayList::new));
        // Half of them: what a kernel forgets.
        return random.nextInt(2) == 0
                ? random.nextInt(3) == 0 ? Damage.SWAPPED_WITH_NEXT : Damage.REMOVED
                : fitting.get(random.nextInt(fitting.size()));
    }

    /** Each kind of line as often as any other, however many there are of it. */
    private static int anyPlace(Damage damage, RecordedTurns turns, Random random) {
        int[] places = places(damage, turns);
        List<RecordKind> kinds =
                Arrays.stream(places).mapToObj(turns::kind).distinct().sorted().toList();
        RecordKind kind = kinds.get(random.nextInt(kinds.size()));
        int[] ofKind =
                Arrays.stream(places).filter(at -> turns.kind(at) == kind).toArray();
        return ofKind[random.nextInt(ofKind.length)];
    }

    private static int[] places(Damage damage, RecordedTurns turns) {
        return IntStream.range(0, turns.count())
                .filter(at -> damage.fits(turns, at))
                .toArray();
    }
}
