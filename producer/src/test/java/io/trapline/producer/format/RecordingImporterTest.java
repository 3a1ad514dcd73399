package io.trapline.producer.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trapline.producer.CollectedEvents;
import io.trapline.producer.ImportProblem;
import io.trapline.producer.ImportProblem.Code;
import io.trapline.producer.LinesRead;
import io.trapline.producer.RecordingSummary;
import io.trapline.producer.source.UnreadableInput;
import io.trapline.schemas.avro.ClockUnit;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.avro.RunStatus;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.kernel.KernelRange;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the importer says of good, bad and hopeless inputs. */
class RecordingImporterTest {
    private static final String HEADER = "# tracer: nop\n#\n";
    private static final String ENTRY =
            "       CPU 0/KVM-683     [000] d..1.     9.295080: kvm_entry: vcpu 0, rip 0x1\n";

    private final CollectedEvents events = new CollectedEvents();

    @Test
    void aLineThatIsNoEventIsCountedWithItsPlace() throws IOException, UnreadableInput {
        RecordingSummary summary = Recordings.importText(HEADER + ENTRY + "what is this\n" + ENTRY, events);

        assertThat(summary.unparsed()).isEqualTo(1);
        assertThat(summary.lines()).isEqualTo(5);
        assertThat(summary.problems())
                .containsExactly(new ImportProblem(Code.UNPARSED_LINE, 4, "no event: \"what is this\""));
        // Nobody knows what stood there: the stream has a gap.
        assertThat(events.stream("vm-0", 0)).hasSize(3);
        assertThat(events.stream("vm-0", 0).get(1)).startsWith("GAP").contains("a line that cannot be read");
    }

    @Test
    void aKnownEventInAnUnknownFormIsCountedAndKept() throws IOException, UnreadableInput {
        String odd = "       CPU 0/KVM-683     [000] d..1.     9.295081: kvm_fpu: sideways\n";

        RecordingSummary summary = Recordings.importText(ENTRY + odd, events);

        assertThat(summary.unparsed()).isEqualTo(1);
        assertThat(summary.eventsByKind()).containsEntry(EventKind.OTHER_EVENT, 1L);
        assertThat(events.stream("vm-0", 0).get(1)).contains("name=\"kvm_fpu\" text=\"sideways\"");
    }

    @Test
    void onlyTheFirstUnparsedLinesAreKept() throws IOException, UnreadableInput {
        RecordingSummary summary = Recordings.importText(ENTRY + "x\n".repeat(1_000), events);

        assertThat(summary.unparsed()).isEqualTo(1_000);
        assertThat(summary.problems()).hasSize(10);
    }

    @Test
    void aTimeOfAnotherClockIsUnparsed() throws IOException, UnreadableInput {
        RecordingSummary summary = Recordings.importText(ENTRY + ENTRY.replace("9.295080", "9.295080123"), events);

        assertThat(summary.clock().getUnit()).isEqualTo(ClockUnit.US);
        assertThat(summary.unparsed()).isEqualTo(1);
    }

    @Test
    void timeThatWentBackIsRaisedAndCounted() throws IOException, UnreadableInput {
        RecordingSummary summary = Recordings.importText(ENTRY + ENTRY.replace("9.295080", "9.000000"), events);

        assertThat(summary.clamps()).isEqualTo(1);
        assertThat(events.stream("vm-0", 0).get(1)).contains("time=9295080").contains("rip=0x1");
    }

    @Test
    void aHeaderThatCountsMoreThanTheFileHoldsIsALoss() throws IOException, UnreadableInput {
        RecordingSummary summary =
                Recordings.importText(HEADER + "# entries-in-buffer/entries-written: 1/11   #P:2\n" + ENTRY, events);

        assertThat(summary.lost()).isEqualTo(10);
        assertThat(summary.lossMarkers()).isEqualTo(1);
    }

    @Test
    void aLostMarkerBecomesAGapOfTheThreadThatRanThere() throws IOException, UnreadableInput {
        String after = ENTRY.replace("9.295080", "9.295090");

        RecordingSummary summary = Recordings.importText(ENTRY + "CPU:0 [LOST 7 EVENTS]\n" + after, events);

        assertThat(summary.lost()).isEqualTo(7);
        assertThat(events.stream("vm-0", 0)).hasSize(3);
        assertThat(events.stream("vm-0", 0).get(1)).startsWith("GAP").contains("lost=0x7");
    }

    @Test
    void aMarkerInFrontOfTheFirstEventIsToldToTheNextThread() throws IOException, UnreadableInput {
        Recordings.importText("##### CPU 0 buffer started ####\n" + ENTRY, events);

        assertThat(events.stream("vm-0", 0)).hasSize(2);
        assertThat(events.stream("vm-0", 0).get(0)).startsWith("GAP").doesNotContain("lost=");
    }

    @Test
    void formsThatExcludeEachOtherGiveNoProfile() throws IOException, UnreadableInput {
        String old = "       CPU 0/KVM-683     [000] d..1.     9.295081: kvm_inj_virq: irq 64\n";
        String young = "       CPU 0/KVM-683     [000] d..1.     9.295082: kvm_inj_virq: IRQ 0x40\n";

        RecordingSummary summary = Recordings.importText(ENTRY + old + young, events);

        assertThat(summary.profileFrom()).isEqualTo(RecordingSummary.FROM_NOTHING);
        assertThat(summary.kernelFrom()).isNull();
        assertThat(codes(summary)).containsExactly(Code.FORMATS_DISAGREE);
    }

    @ParameterizedTest
    @CsvSource({
        // The flag column shows where in the code SVM writes its exits.
        "....., npf, ..6.4",
        "d...., npf, 6.5..",
        "d...., CPUID, 5.12..",
        "....., CPUID, none",
        // Names of reasons that came later.
        "d...., NOTIFY, 6.0..",
        "d...., BUS_LOCK, 5.12..",
        "d...., idle-halt, 6.15..",
        // A number says nothing about the kernel that has no name for it.
        "d...., 0x4b, 5.12.."
    })
    void exitsTellTheirKernel(String flags, String reason, String expected) throws IOException, UnreadableInput {
        String line = "       CPU 0/KVM-683     [000] " + flags + "     9.295080: kvm_exit: vcpu 0 reason " + reason
                + " rip 0x1 info1 0x0000000000000000 info2 0x0000000000000000 intr_info 0x00000000 error_code"
                + " 0x00000000\n";
        RecordingSummary summary = Recordings.importText(line, events);
        KernelRange generation = KernelRange.parse("5.12..6.13");

        KernelRange kernels = KernelRange.of(summary.kernelFrom(), summary.kernelTo());
        assertThat(kernels)
                .isEqualTo(
                        expected.equals("none")
                                ? KernelRange.ALL
                                : KernelRange.parse(expected)
                                        .inCommon(generation)
                                        .orElse(KernelRange.ALL));
        assertThat(summary.problems()).hasSize(kernels.equals(KernelRange.ALL) ? 1 : 0);
    }

    @Test
    void theImmediateExitMarkerBoundsNothing() throws IOException, UnreadableInput {
        RecordingSummary summary = Recordings.importText(ENTRY.replace("rip 0x1", "rip 0x1[immediate exit]"), events);

        assertThat(summary.kernelFrom()).isEqualTo("5.12");
    }

    /** {@code trace-cmd report -l} prints five characters of a 5.10 kernel's four. */
    @Test
    void theFlagsOfTraceCmdBoundNothing() throws IOException, UnreadableInput {
        RecordingSummary summary = Recordings.importText(
                "cpus=2\n    kvmt-606     0d....    32.310950: kvm_entry:            vcpu 0, rip 0x1\n", events);

        assertThat(summary.events()).isEqualTo(1);
        assertThat(summary.kernelFrom()).isEqualTo("5.10");
    }

    @Test
    void aTraceWithoutEventsIsOne() throws IOException, UnreadableInput {
        RecordingSummary summary = Recordings.importText(HEADER, events);

        assertThat(summary.events()).isZero();
        assertThat(codes(summary)).containsExactly(Code.NO_EVENTS);
    }

    @Test
    void theSummaryBecomesARunRecord() throws IOException, UnreadableInput {
        RecordingSummary summary = Recordings.importText(HEADER + ENTRY, events);

        Run run = summary.toRun("some-run");

        assertThat(run.getStatus()).isEqualTo(RunStatus.COMPLETE);
        assertThat(run.getStreams()).hasSize(1);
        assertThat(run.getStreams().get(0).getVmGuessed()).isTrue();
        assertThat(run.getLines()).isEqualTo(3);
        assertThat(run.getSource().getSha256()).hasSize(64);
        assertThat(run.getFamilies().get(0).getSeen()).isTrue();
        assertThat(run.getFamilies().get(0).getRecorded()).isNull();
    }

    @Test
    void whatIsNoTraceIsRefusedWithASentence() {
        assertRefused("", "test.txt is empty");
        assertRefused("Dear diary,\ntoday nothing was traced.\n", "none of its first 2 lines is an event");
        assertRefused("ELF\0\0\0\1", "test.txt is a binary file");
        assertRefused("PERFILE2h\0\0", "perf.data");
        assertRefused(HEADER + "705 0 9802829198 type: 1398\n", "line 3: recorded with the option raw");
    }

    @Test
    void anEndlessTextThatIsNoTraceIsLeftSoon() {
        assertRefused("log\n".repeat(1_000_000), "none of its first");
    }

    @Test
    void aSecondRecordingInAFileIsAGap() throws IOException, UnreadableInput {
        String recording = HEADER + ENTRY + ENTRY;

        RecordingSummary summary = Recordings.importText(recording + recording, events);

        assertThat(events.stream("vm-0", 0)).hasSize(5);
        assertThat(events.stream("vm-0", 0).get(2)).startsWith("GAP").contains("another recording begins");
        assertThat(summary.problems())
                .containsExactly(new ImportProblem(Code.LOST_EVENTS, 5, "another recording begins"));
    }

    @Test
    void timesOfAnotherClockAreAGap() throws IOException, UnreadableInput {
        String another = ENTRY.replace("9.295080", "9295080123");

        RecordingSummary summary = Recordings.importText(ENTRY + another.repeat(3) + ENTRY, events);

        assertThat(events.stream("vm-0", 0)).hasSize(3);
        assertThat(events.stream("vm-0", 0).get(1)).startsWith("GAP");
        assertThat(summary.unparsed()).isEqualTo(3);
        assertThat(summary.linesRead()).isEqualTo(new LinesRead(2, 0, 3));
    }

    @Test
    void aMarkerOrATextBehindTheHeaderIsNoEventWithoutPrefix() throws IOException, UnreadableInput {
        RecordingSummary summary = Recordings.importText(HEADER + "CPU:0 [LOST 5 EVENTS]\n" + ENTRY, events);

        assertThat(summary.lost()).isEqualTo(5);
        assertThat(summary.eventsByKind()).containsOnlyKeys(EventKind.GAP, EventKind.VM_ENTRY);
    }

    @Test
    void aLineOfMegabytesIsSkippedAndTheRestGoesOn() throws IOException, UnreadableInput {
        RecordingSummary summary = Recordings.importText(ENTRY + "x".repeat(10_000_000) + "\n" + ENTRY, events);

        assertThat(summary.linesRead()).isEqualTo(new LinesRead(2, 0, 1));
        assertThat(codes(summary)).containsExactly(Code.LINE_TOO_LONG, Code.LINE_TOO_LONG);
        assertThat(events.stream("vm-0", 0).get(1)).startsWith("GAP");
    }

    @Test
    void aTextOfManyCharactersIsCut() throws IOException, UnreadableInput {
        String odd = ENTRY.replace("kvm_entry: vcpu 0, rip 0x1", "odd: " + "y".repeat(900_000));

        RecordingSummary summary = Recordings.importText(ENTRY + odd + odd, events);

        assertThat(summary.problems())
                .containsExactly(new ImportProblem(
                        Code.LIMIT_REACHED,
                        0,
                        "more than 8192 characters of text in an event: of 2 the rest is left out"));
        assertThat(events.stream("vm-0", 0).get(1)).hasSizeBetween(8_192, 8_400);
    }

    @Test
    void namesBeyondTheLimitAreCountedTogether() throws IOException, UnreadableInput {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 1_030; i++) {
            text.append(ENTRY.replace("kvm_entry:", "odd_" + i + ":"));
        }

        RecordingSummary summary = Recordings.importText(text.toString(), events);

        assertThat(summary.untypedByName()).hasSize(1_025).containsEntry("(other names)", 6L);
        assertThat(summary.eventsByKind()).containsEntry(EventKind.OTHER_EVENT, 1_030L);
        assertThat(codes(summary)).containsExactly(Code.LIMIT_REACHED);
    }

    @Test
    void headersWithoutEndAreToldOfTenTimes() throws IOException, UnreadableInput {
        String header = "# entries-in-buffer/entries-written: 5/5   #P:2\n";

        RecordingSummary summary = Recordings.importText(ENTRY + header.repeat(1_000), events);

        assertThat(summary.problems()).hasSize(10);
    }

    @Test
    void whatIsNotTextAsItShouldBeIsSaid() {
        assertRefused(new byte[] {(byte) 0xff, (byte) 0xfe, '#', 0, ' ', 0}, "is text in UTF-16");
        assertRefused(new byte[] {(byte) 0xfe, (byte) 0xff, 0, '#', 0, ' '}, "is text in UTF-16");
        assertRefused(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0}, "test.txt cannot be read");
        assertRefused(new byte[100_000], "test.txt is a binary file");
    }

    private void assertRefused(byte[] bytes, String sentence) {
        assertThatThrownBy(() -> Recordings.importBytes(bytes, events))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageContaining(sentence);
        assertThat(events.streams()).isEmpty();
    }

    private void assertRefused(String text, String sentence) {
        assertThatThrownBy(() -> Recordings.importText(text, events))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageContaining(sentence);
        assertThat(events.streams()).isEmpty();
    }

    private static List<Code> codes(RecordingSummary summary) {
        return summary.problems().stream().map(ImportProblem::code).toList();
    }
}
