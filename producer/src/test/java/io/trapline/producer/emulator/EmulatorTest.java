package io.trapline.producer.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trapline.schemas.avro.FamilyRecorded;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunStatus;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.wire.ChunkEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmulatorTest {
    private static final EmulatorOptions OPTIONS = EmulatorOptions.ofSeed(7).withEvents(5_000);

    @Test
    void sameSeedGivesTheSameBytes() {
        assertThat(bytesOf(OPTIONS)).isEqualTo(bytesOf(OPTIONS));
    }

    @Test
    void differentSeedsDiffer() {
        List<String> first = log(EmulatorOptions.ofSeed(1)).texts();
        List<String> second = log(EmulatorOptions.ofSeed(2)).texts();

        assertThat(first).isNotEqualTo(second);
    }

    /** A change here is a change of what a seed means: raise {@code RunDescription.BEHAVIOUR} with it. */
    @Test
    void aSeedMeansTheSameForEver() {
        EventLog log = log(OPTIONS);

        String times = log.events().stream()
                .map(event -> event.time() + event.text())
                .toList()
                .toString();

        assertThat(sha256(times.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("ec25bd25a890ffb8edfdb14948711839cce43bfea12021672d4f6cac32f7e5d2");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 64, 1_000, 100_000})
    void theSizeOfBatchesDoesNotChangeTheStream(int batch) {
        EventLog whole = log(OPTIONS);
        EventLog cut = new EventLog();

        new Emulator(OPTIONS).run(cut, batch);

        assertThat(cut.events()).isEqualTo(whole.events());
    }

    @Test
    void theGuestDoesNotNoticeWhatAnExitCosts() {
        EventLog cheap = new EventLog();
        EventLog dear = new EventLog();

        EmulatorResult atServer = new Emulator(OPTIONS).run(cheap);
        EmulatorResult slow = new Emulator(OPTIONS.withCosts(CostModel.SLOW)).run(dear);

        assertThat(dear.texts()).isEqualTo(cheap.texts());
        assertThat(slow.guest()).isEqualTo(atServer.guest());
        assertThat(last(dear).time()).isGreaterThan(last(cheap).time());
    }

    @Test
    void withoutGroundTruthTheRestIsTheSame() {
        EmulatorOptions options = EmulatorOptions.ofSeed(3).withGuestInstructions(10_000);
        List<EventLog.Event> recordable = log(options).events().stream()
                .filter(event -> !event.kind().isGroundTruth())
                .toList();

        List<EventLog.Event> recorded = log(options.withoutGroundTruth()).events();

        assertThat(recorded).isEqualTo(recordable);
    }

    @ParameterizedTest
    @ValueSource(longs = {1_000, 2_000, 50_000})
    void theNumberOfEventsIsAsAsked(long events) {
        assertThat(log(EmulatorOptions.ofSeed(11).withEvents(events)).events())
                .hasSizeBetween((int) events, (int) events + 60);
    }

    @Test
    void streamsAreNumberedWithoutHoles() {
        long[] next = {0};

        new Emulator(OPTIONS).run(events -> {
            assertThat(events.firstSeq()).isEqualTo(next[0]);
            assertThat(events.source(0)).isEqualTo(events.firstSeq() + 1);
            next[0] += events.count();
        });

        assertThat(next[0]).isGreaterThanOrEqualTo(5_000);
    }

    @Test
    void theRunSaysWhatItIs() {
        EventLog log = new EventLog();
        Emulator emulator = new Emulator(OPTIONS);

        Run open = emulator.open();
        Run complete = emulator.run(log).run();

        assertThat(open.getStatus()).isEqualTo(RunStatus.OPEN);
        assertThat(complete.getStatus()).isEqualTo(RunStatus.COMPLETE);
        assertThat(complete.getRun()).isEqualTo(open.getRun()).matches("amx-tasks-seed-7-[0-9a-f]{12}");
        assertThat(complete.getSource().getName()).isEqualTo("amx-tasks-seed-7");
        assertThat(complete.getStreams()).singleElement().satisfies(stream -> {
            assertThat(stream.getEvents()).isEqualTo(log.events().size());
            assertThat(stream.getLastSeq()).isEqualTo(log.events().size() - 1);
        });
        assertThat(complete.getFamilies())
                .filteredOn(FamilyRecorded::getSeen)
                .allSatisfy(family -> assertThat(family.getRecorded()).isTrue());
    }

    @Test
    void everyOptionThatChangesTheBytesChangesTheRunId() {
        List<EmulatorOptions> variants = List.of(
                OPTIONS,
                EmulatorOptions.ofSeed(8).withEvents(5_000),
                OPTIONS.withEvents(6_000),
                OPTIONS.withGuestInstructions(5_000),
                OPTIONS.withTasks(1, 3),
                OPTIONS.withoutGroundTruth(),
                OPTIONS.withBugs(Bug.MISSED_SYNC),
                OPTIONS.withCosts(CostModel.SLOW));

        assertThat(variants)
                .extracting(options -> new Emulator(options).open().getRun())
                .doesNotHaveDuplicates();
    }

    @Test
    void orderOfBugsDoesNotMatterForTheRunId() {
        String run = new Emulator(OPTIONS.withBugs(Bug.MISSED_SYNC, Bug.MISSING_CLEAR))
                .open()
                .getRun();

        String turned = new Emulator(OPTIONS.withBugs(Bug.MISSING_CLEAR, Bug.MISSED_SYNC))
                .open()
                .getRun();

        assertThat(turned).isEqualTo(run);
    }

    @Test
    void optionsThatCannotBeRunAreRefusedWithTheirValues() {
        assertThatThrownBy(() -> OPTIONS.withTasks(0, 0)).hasMessageContaining("0 with and 0 without AMX");
        assertThatThrownBy(() -> OPTIONS.withEvents(-5)).hasMessageContaining("-5 events");
        assertThatThrownBy(() -> OPTIONS.withEvents(EmulatorOptions.UNLIMITED)).hasMessageContaining("needs a limit");
    }

    @Test
    void runsWithTasksOfOneKindOnly() {
        EmulatorResult plain = new Emulator(OPTIONS.withTasks(0, 2)).run(events -> {});
        EmulatorResult amx = new Emulator(OPTIONS.withTasks(1, 0)).run(events -> {});

        assertThat(plain.guest().tileFaults()).isZero();
        assertThat(amx.guest().tileFaults()).isPositive();
    }

    private static EventLog log(EmulatorOptions options) {
        EventLog log = new EventLog();
        new Emulator(options).run(log);
        return log;
    }

    private static EventLog.Event last(EventLog log) {
        return log.events().get(log.events().size() - 1);
    }

    private static String bytesOf(EmulatorOptions options) {
        MessageDigest digest = newSha256();
        ChunkEncoder encoder = new ChunkEncoder();
        new Emulator(options).run((EventColumns events) -> {
            assertThat(events.kind(0)).isNotEqualTo(EventKind.UNKNOWN);
            digest.update(encoder.encode(events));
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(newSha256().digest(bytes));
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
