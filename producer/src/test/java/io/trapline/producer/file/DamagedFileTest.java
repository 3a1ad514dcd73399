package io.trapline.producer.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trapline.producer.CollectedEvents;
import io.trapline.producer.ImportProblem;
import io.trapline.producer.ImportProblem.Code;
import io.trapline.producer.source.UnreadableInput;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunStatus;
import io.trapline.schemas.avro.RunStream;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.StreamKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever becomes of a file: each stream is a beginning of what was written, and what is missing is said; or the file is
 * refused with a sentence.
 */
@Timeout(300)
class DamagedFileTest {
    private static final long SEED = 20_261_125;
    private static final int CUTS = 200;
    private static final int MUTATIONS = 1_000;
    private static final String RECORDING = "amd-svm/linux-6.1/02-opt-record-tgid/trace.txt";
    private static final int CHUNK = 20;

    private final byte[] whole;
    private final RunFileContents contents;
    private final Map<StreamKey, List<String>> streams;

    DamagedFileTest() throws Exception {
        whole = inManyBlocks(RECORDING);
        CollectedEvents events = new CollectedEvents();
        contents = SampleFiles.read(whole, events);
        streams = events.streams();
    }

    @Test
    void cutAnywhereItKeepsWhatIsThere() throws Exception {
        int kept = 0;
        for (int length = 1; length < whole.length; length += Math.max(1, whole.length / CUTS)) {
            kept += check(Arrays.copyOf(whole, length), "cut at " + length) ? 1 : 0;
        }
        assertThat(kept).isGreaterThan(CUTS / 3);
    }

    @Test
    void noFlippedByteGoesUnnoticed() throws Exception {
        int kept = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            Random random = new Random(SEED + i);
            byte[] damaged = whole.clone();
            for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            kept += check(damaged, "seed " + (SEED + i)) ? 1 : 0;
        }
        assertThat(kept).isGreaterThan(MUTATIONS / 6);
    }

    /** Whether the file was read at all. */
    private boolean check(byte[] file, String what) throws IOException {
        CollectedEvents events = new CollectedEvents();
        RunFileContents read;
        try {
            read = SampleFiles.read(file, events);
        } catch (UnreadableInput refused) {
            assertThat(refused).as(what).hasMessageStartingWith("x.trapline ");
            return false;
        }
        events.streams().forEach((stream, lines) -> {
            assertThat(streams).as(what).containsKey(stream);
            assertThat(lines)
                    .as("%s, %s", what, stream)
                    .isEqualTo(streams.get(stream).subList(0, lines.size()));
        });
        if (!events.streams().equals(streams)) {
            assertToldAsCut(read, events, what);
        } else {
            assertThat(read.run()).as(what).isEqualTo(contents.run());
        }
        return true;
    }

    private void assertToldAsCut(RunFileContents read, CollectedEvents events, String what) {
        assertThat(read.problems()).as(what).extracting(ImportProblem::code).containsExactly(Code.SOURCE_CUT);
        assertThat(read.run().getLossMarkers())
                .as(what)
                .isEqualTo(contents.run().getLossMarkers() + 1);
        assertThat(read.run().getLost() + events(read.run()))
                .as(what)
                .isEqualTo(contents.run().getLost() + events(contents.run()));
        for (RunStream stream : read.run().getStreams()) {
            assertThat(stream.getLastSeq() + 1)
                    .as(what)
                    .isEqualTo(events.stream(stream.getVm(), stream.getVcpu()).size());
        }
    }

    private static long events(Run run) {
        return run.getStreams().stream().mapToLong(RunStream::getEvents).sum();
    }

    /** As a log of small transactions would give it: many blocks, so that damage finds all parts of the frame. */
    private static byte[] inManyBlocks(String name) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DataFileWriter<Object> file = SampleFiles.begin(RunFileFormat.SCHEMA, out)) {
            file.append(SampleFiles.importRecording(name, CHUNK, ignored -> {}));
            int[] chunks = {0};
            SampleFiles.importRecording(name, CHUNK, chunk -> {
                try {
                    file.appendEncoded(SampleFiles.datum(chunk));
                    if (++chunks[0] % 3 == 0) {
                        file.sync();
                    }
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
        }
        return out.toByteArray();
    }

    @Test
    void aFileOfOtherRecordsIsRefused() throws Exception {
        Schema other = Schema.createRecord(
                "Other", null, "x", false, List.of(new Schema.Field("n", Schema.create(Schema.Type.LONG))));
        GenericRecord record = new GenericData.Record(other);
        record.put("n", 1L);
        assertRefused(file(other, record), "none that this version of Trapline can read");
    }

    @Test
    void aFileThatDoesNotBeginWithItsRunIsRefused() throws Exception {
        assertRefused(file(RunFileFormat.SCHEMA, events("run", 0, 3)), "does not begin with a run");
        assertRefused(file(RunFileFormat.SCHEMA), "cut or broken");
    }

    @Test
    void aRunThatIsNotFinishedIsRefused() throws Exception {
        assertRefused(file(RunFileFormat.SCHEMA, run(RunStatus.OPEN, 3)), "before its end");
    }

    @Test
    void twoRunsAndEventsOfAnotherRunAreRefused() throws Exception {
        Run run = run(RunStatus.COMPLETE, 3);
        assertRefused(file(RunFileFormat.SCHEMA, run, events("run", 0, 3), run), "more than one run");
        assertRefused(file(RunFileFormat.SCHEMA, run, events("another", 0, 3)), "another/vm/0");
    }

    @Test
    void aHoleEndsTheReading() throws Exception {
        byte[] file = file(RunFileFormat.SCHEMA, run(RunStatus.COMPLETE, 9), events("run", 0, 3), events("run", 6, 3));
        CollectedEvents events = new CollectedEvents();
        RunFileContents read = SampleFiles.read(file, events);
        assertThat(events.stream("vm", 0)).hasSize(3);
        assertThat(read.run().getLost()).isEqualTo(6);
        assertThat(read.problems().get(0).sentence())
                .contains("goes on with event 6 where 3 belongs", "6 events are missing");
    }

    @Test
    void whatIsRepeatedIsLeftOut() throws Exception {
        byte[] file = file(
                RunFileFormat.SCHEMA,
                run(RunStatus.ABORTED, 5),
                events("run", 0, 3),
                events("run", 0, 2),
                events("run", 1, 4));
        CollectedEvents events = new CollectedEvents();
        assertThat(SampleFiles.read(file, events).problems()).isEmpty();
        assertThat(events.stream("vm", 0)).hasSize(5);
    }

    @Test
    void aRunWithoutEventsIsOne() throws Exception {
        Run run =
                Run.newBuilder(run(RunStatus.COMPLETE, 1)).setStreams(List.of()).build();
        assertThat(SampleFiles.read(file(RunFileFormat.SCHEMA, run), ignored -> {}))
                .isEqualTo(new RunFileContents(run, List.of()));
    }

    @Test
    void whoPassesARunOnGetsItWholeOrNot() throws Exception {
        byte[] cut = Arrays.copyOf(whole, whole.length - 1);
        assertThatThrownBy(() -> readWhole(cut))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageContaining("is not whole");
        assertThat(readWhole(whole)).isEqualTo(contents);
    }

    private static RunFileContents readWhole(byte[] file) throws Exception {
        try (RunFileReader reader = RunFileReader.open(SampleFiles.input(file))) {
            return reader.readWhole(ignored -> {});
        }
    }

    private static void assertRefused(byte[] file, String part) {
        assertThatThrownBy(() -> SampleFiles.read(file, ignored -> {}))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageStartingWith("x.trapline ")
                .hasMessageContaining(part);
    }

    private static byte[] file(Schema schema, Object... data) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DataFileWriter<Object> file = SampleFiles.begin(schema, out)) {
            for (Object datum : data) {
                if (datum instanceof EventColumns chunk) {
                    file.appendEncoded(SampleFiles.datum(chunk));
                } else {
                    file.append(datum);
                }
            }
        }
        return out.toByteArray();
    }

    private static EventColumns events(String run, long firstSeq, int count) {
        EventColumns events = new EventColumns();
        events.reset(new StreamKey(run, "vm", 0), 0, firstSeq);
        for (int i = 0; i < count; i++) {
            events.append(EventKind.VM_ENTRY, firstSeq + i, 0, 0, firstSeq + i + 1);
        }
        return events;
    }

    private Run run(RunStatus status, long events) {
        RunStream stream = RunStream.newBuilder(contents.run().getStreams().get(0))
                .setVm("vm")
                .setVcpu(0)
                .setLastSeq(events - 1)
                .setEvents(events)
                .build();
        return Run.newBuilder(contents.run())
                .setRun("run")
                .setStatus(status)
                .setLost(0)
                .setStreams(List.of(stream))
                .build();
    }
}
