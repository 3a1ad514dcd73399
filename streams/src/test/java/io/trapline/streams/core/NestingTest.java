package io.trapline.streams.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.schemas.avro.ExitCostRow;
import io.trapline.streams.RunOf;
import io.trapline.streams.TraceScript;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which level exited, with all nested records and with some of them: known, or unknown, never another one. */
class NestingTest {
    private static final int ENTRY = 1;
    private static final int EXIT = 2;
    private static final int REFLECTION = 4;

    /** L1 runs L2 twice: one exit is kept, one reflected, then L1 goes on. Of the nested records only some are there. */
    private static TraceScript twoRounds(int recorded) {
        TraceScript script = new TraceScript().entry().exit("CPUID").cpuid().entry();
        for (int round = 0; round < 2; round++) {
            script.exit("VMRESUME");
            if ((recorded & ENTRY) != 0) {
                script.nenter(0x1000, 0x20);
            }
            script.entryAt(0x20).exit("EPT_VIOLATION");
            if ((recorded & EXIT) != 0) {
                script.nexit("EPT_VIOLATION");
            }
            script.pageFault().entry().exit("INVLPG");
            if ((recorded & EXIT) != 0) {
                script.nexit("INVLPG");
            }
            if ((recorded & REFLECTION) != 0) {
                script.nreflect("INVLPG");
            }
            script.cpuid().entry().exit("CPUID").cpuid().entry();
        }
        return script;
    }

    private static Map<String, Long> samplesByLevel(TraceScript script, long reason) {
        Map<String, Long> samples = new TreeMap<>();
        for (ExitCostRow row : RunOf.script(script).exits()) {
            if (row.getReason() == reason) {
                samples.merge(row.getLevel(), row.getTime().getSamples(), Long::sum);
            }
        }
        return samples;
    }

    @Test
    void withAllRecordsEveryLevelIsKnown() {
        TraceScript script = twoRounds(ENTRY | EXIT | REFLECTION);

        assertThat(samplesByLevel(script, 48)).isEqualTo(Map.of("L2", 2L));
        assertThat(samplesByLevel(script, 14)).isEqualTo(Map.of("L2", 2L));
        assertThat(samplesByLevel(script, 10)).isEqualTo(Map.of("L1", 3L));
        assertThat(samplesByLevel(script, 24)).isEqualTo(Map.of("L1", 2L));
    }

    @Test
    void anyOneTracepointLessLeavesThemKnown() {
        for (int off : List.of(ENTRY, REFLECTION)) {
            TraceScript script = twoRounds((ENTRY | EXIT | REFLECTION) & ~off);
            assertThat(samplesByLevel(script, 48)).as("without %d", off).isEqualTo(Map.of("L2", 2L));
            assertThat(samplesByLevel(script, 14)).as("without %d", off).isEqualTo(Map.of("L2", 2L));
            assertThat(samplesByLevel(script, 10)).as("without %d", off).isEqualTo(Map.of("L1", 3L));
            assertThat(samplesByLevel(script, 24)).as("without %d", off).isEqualTo(Map.of("L1", 2L));
        }
        TraceScript script = twoRounds(ENTRY | REFLECTION);
        assertThat(samplesByLevel(script, 14)).isEqualTo(Map.of("L2", 2L));
        assertThat(samplesByLevel(script, 10)).isEqualTo(Map.of("L1", 3L));
        assertThat(samplesByLevel(script, 24)).isEqualTo(Map.of("L1", 2L));
    }

    @Test
    void whatNoRecordShowsIsUnknown() {
        TraceScript entriesOnly = twoRounds(ENTRY);
        assertThat(samplesByLevel(entriesOnly, 24)).isEqualTo(Map.of("L1", 2L));
        assertThat(samplesByLevel(entriesOnly, 48)).isEqualTo(Map.of("L2", 2L));
        // Whether L1 got it is not recorded.
        assertThat(samplesByLevel(entriesOnly, 14)).isEqualTo(Map.of("unknown", 2L));
        assertThat(samplesByLevel(entriesOnly, 10)).isEqualTo(Map.of("L1", 1L, "unknown", 2L));
    }

    @Test
    void aNestedEntryThatTheRipDisprovesLeavesTheLevelOpenUntilTheNextSlowExit() {
        TraceScript script = new TraceScript()
                .entry()
                .exit("VMRESUME")
                .nenter(0x1000, 0x20)
                .entryAt(0x99)
                .exit("PREEMPTION_TIMER")
                .entry();

        assertThat(samplesByLevel(script, 52)).isEqualTo(Map.of("unknown", 1L));
    }

    @Test
    void aNestedEntryThatTheRipProvesIsL2ForTheFastTimerToo() {
        TraceScript script = new TraceScript()
                .entry()
                .exit("VMRESUME")
                .nenter(0x1000, 0x20)
                .entryAt(0x20)
                .exit("PREEMPTION_TIMER")
                .entry();

        assertThat(samplesByLevel(script, 52)).isEqualTo(Map.of("L2", 1L));
    }

    @Test
    void anEntryThatFailsAtOnceIsReflectedInTheSameTurn() {
        TraceScript script = new TraceScript()
                .svm()
                .entry()
                .exit("vmrun")
                .nenter()
                .nreflect("invalid_guest_state")
                .entry()
                .exit("hlt")
                .entry()
                .exit("cpuid")
                .cpuid()
                .entry();

        assertThat(samplesByLevel(script, 0x80)).isEqualTo(Map.of("L1", 1L));
        assertThat(samplesByLevel(script, 0x72)).isEqualTo(Map.of("L1", 1L));
        assertThat(RunOf.script(script).findings()).isEmpty();
    }

    @Test
    void anInterruptOfL1EndsL2EvenWhereTheReflectionIsNotRecorded() {
        TraceScript script = new TraceScript()
                .svm()
                .entry()
                .exit("vmrun")
                .nenter()
                .entry()
                .exit("interrupt")
                .nintr()
                .entry()
                .exit("cpuid")
                .cpuid()
                .entry();

        assertThat(samplesByLevel(script, 0x60)).isEqualTo(Map.of("L2", 1L));
        assertThat(samplesByLevel(script, 0x72)).isEqualTo(Map.of("L1", 1L));
    }

    @Test
    void interceptsStandForTheEntryWhereItIsOff() {
        TraceScript script = new TraceScript()
                .svm()
                .entry()
                .exit("vmrun")
                .nintercepts(0, 0)
                .entry()
                .exit("npf")
                .pageFault()
                .entry();

        assertThat(samplesByLevel(script, 0x80)).isEqualTo(Map.of("L1", 1L));
        assertThat(samplesByLevel(script, 0x400)).isEqualTo(Map.of("L2", 1L));
    }

    @Test
    void userSpaceAndSystemManagementMayEndL2Silently() {
        TraceScript running = new TraceScript()
                .entry()
                .exit("VMRESUME")
                .nenter(0x1000, 0x20)
                .entryAt(0x20)
                .exit("EPT_VIOLATION")
                .nexit("EPT_VIOLATION");
        TraceScript restored = running.fpu(false)
                .userspace(2)
                .fpu(true)
                .entry()
                .exit("PREEMPTION_TIMER")
                .entry();
        assertThat(samplesByLevel(restored, 52)).isEqualTo(Map.of("unknown", 1L));

        TraceScript managed = new TraceScript()
                .entry()
                .exit("VMRESUME")
                .nenter(0x1000, 0x20)
                .entryAt(0x20)
                .exit("EXTERNAL_INTERRUPT")
                .nexit("EXTERNAL_INTERRUPT")
                .smm()
                .entry()
                .exit("PREEMPTION_TIMER")
                .entry();
        assertThat(samplesByLevel(managed, 52)).isEqualTo(Map.of("L1", 1L));
    }

    @Test
    void afterAnEntryIntoL2ThatTheCpuRefusesL1EntersWithoutAnExit() {
        TraceScript script = new TraceScript()
                .entry()
                .exit("VMRESUME")
                .nenter(0x1000, 0x20)
                .entryAt(0x20)
                .nenterFailed()
                .entry()
                .exit("CPUID")
                .cpuid()
                .entry();

        assertThat(RunOf.script(script).findings()).isEmpty();
        assertThat(samplesByLevel(script, 10)).isEqualTo(Map.of("L1", 1L));
    }
}
