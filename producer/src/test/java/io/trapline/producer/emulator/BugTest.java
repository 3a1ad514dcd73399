package io.trapline.producer.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A planted bug changes exactly what it says")
class BugTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void missingRestoreLeavesOutTheWriteBeforeTheEntryAndTheGuestNotices(long seed) {
        Outcome right = run(seed);

        Outcome wrong = run(seed, Bug.MISSING_RESTORE);

        assertThat(wrong.changed("d passed r 1c5=0", "d passed r 1c5=40000"))
                .isEqualTo(right.without(text -> text.equals("d w 1c5=40000")));
        assertThat(wrong.guest().errorsLost())
                .isEqualTo(wrong.guest().tileFaults())
                .isPositive();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void missingClearLeavesOutTheWriteAfterTheExit(long seed) {
        Outcome right = run(seed);

        Outcome wrong = run(seed, Bug.MISSING_CLEAR);

        assertThat(wrong.texts()).isEqualTo(right.without(text -> text.equals("d w 1c5=0")));
        assertThat(wrong.guest()).isEqualTo(right.guest());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void stillInterceptedXfdExitsForEveryWriteThatWasPassedThrough(long seed) {
        Outcome right = run(seed);

        Outcome wrong = run(seed, Bug.XFD_STILL_INTERCEPTED);

        Predicate<String> passed = text -> text.startsWith("d passed w 1c4");
        Predicate<String> intercepted = text -> text.startsWith(". g w 1c4");
        assertThat(count(wrong, passed)).isZero();
        assertThat(count(wrong, intercepted)).isEqualTo(1 + count(right, passed));
        assertThat(wrong.guest()).isEqualTo(right.guest());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyFourthSyncIsMissed(long seed) {
        Outcome wrong = run(seed, Bug.MISSED_SYNC);

        List<String> armed = wrong.texts()
                .subList(wrong.texts().indexOf(". g w 1c4=40000"), wrong.texts().size());
        long exits = armed.stream().filter(text -> text.startsWith("d exit")).count();
        long syncs = armed.stream().filter(text -> text.startsWith("d r 1c4")).count();

        assertThat(syncs).isEqualTo(exits - exits / 4);
    }

    @Test
    void missedSyncsLoseTiles() {
        long lost = LongStream.range(0, 10)
                .map(seed -> run(seed, Bug.MISSED_SYNC).guest().tilesLost())
                .sum();

        // Not with every seed: the stale value must meet a switch to the host and a task's first use of tile data.
        assertThat(lost).isPositive();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everySixtyFourthEntryIsNotRecorded(long seed) {
        Outcome right = run(seed);
        int[] entries = {0};

        Outcome wrong = run(seed, Bug.UNRECORDED_ENTRY);

        assertThat(wrong.texts()).isEqualTo(right.without(text -> text.equals("d entry") && ++entries[0] % 64 == 0));
        assertThat(wrong.guest()).isEqualTo(right.guest());
    }

    @ParameterizedTest
    @EnumSource(Bug.class)
    void everyBugChangesWhatIsRecordedWhereItShows(Bug bug) {
        EmulatorOptions options = EmulatorOptions.showing(bug, 4).withGuestInstructions(20_000);

        assertThat(texts(options.withBugs(bug))).isNotEqualTo(texts(options));
    }

    @ParameterizedTest
    @EnumSource(
            value = Bug.class,
            names = {"MISSED_SYNC", "LATE_CAPTURE", "LATE_SYNC", "MISSING_RESTORE", "MISSING_CLEAR", "UNRECORDED_ENTRY"
            })
    void itIsAgainstTheOrderOfRecordsThatKernelsKeep(Bug bug) {
        EventLog log = new EventLog();
        new Emulator(options(4).withBugs(bug)).run(log);

        assertThat(RecordOrder.of(log.events()).complaints()).isNotEmpty();
    }

    @Test
    void aStaleXstateBvIsANmInTheHost() {
        long faults = LongStream.range(0, 6)
                .map(seed -> new Emulator(EmulatorOptions.showing(Bug.STALE_XSTATE_BV, seed)
                                .withBugs(Bug.STALE_XSTATE_BV))
                        .run(events -> {})
                        .kernelFaults())
                .sum();

        assertThat(faults).isPositive();
    }

    private static List<String> texts(EmulatorOptions options) {
        EventLog log = new EventLog();
        new Emulator(options).run(log);
        return log.texts();
    }

    @Test
    void everyBugNamesAPolicyOfItsOwnAndSaysWhatIsWrong() {
        assertThat(Arrays.stream(Bug.values()).map(Bug::policy))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("P\\d+"));
        assertThat(Stream.of(Bug.values()).map(Bug::sentence))
                .doesNotHaveDuplicates()
                .noneMatch(String::isBlank);
    }

    private static EmulatorOptions options(long seed) {
        return EmulatorOptions.ofSeed(seed).withGuestInstructions(60_000);
    }

    private static Outcome run(long seed, Bug... bugs) {
        EventLog log = new EventLog();
        EmulatorResult result = new Emulator(options(seed).withBugs(bugs)).run(log);
        return new Outcome(log.texts(), result.guest());
    }

    private static long count(Outcome outcome, Predicate<String> which) {
        return outcome.texts().stream().filter(which).count();
    }

    /** What a run wrote, without its times, and what the guest said. */
    private record Outcome(List<String> texts, GuestReport guest) {
        List<String> without(Predicate<String> left) {
            List<String> kept = new ArrayList<>(texts);
            kept.removeIf(left);
            return kept;
        }

        List<String> changed(String from, String to) {
            return texts.stream().map(text -> text.equals(from) ? to : text).toList();
        }
    }
}
