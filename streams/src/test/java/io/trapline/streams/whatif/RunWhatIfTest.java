package io.trapline.streams.whatif;

import static io.trapline.streams.TraceScript.XTILE;
import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.schemas.avro.SummaryRow;
import io.trapline.schemas.avro.WhatIfRow;
import io.trapline.schemas.event.StreamKey;
import io.trapline.streams.RunOf;
import io.trapline.streams.TraceScript;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RunWhatIfTest {
    private static WhatIfRow row(RunOf run, String strategy, String level) {
        return run.rows().stream()
                .map(SummaryRow::getWhatIf)
                .filter(Objects::nonNull)
                .filter(row -> row.getStrategy().equals(strategy)
                        && row.getVm().isEmpty()
                        && row.getLevel().equals(level))
                .findFirst()
                .orElseThrow();
    }

    private static WhatIfRow row(RunOf run, String strategy) {
        return row(run, strategy, "");
    }

    private static TraceScript armedWithTurns(int turns) {
        TraceScript script = new TraceScript().armed();
        for (int turn = 0; turn < turns; turn++) {
            script.soundTurn();
        }
        return script;
    }

    @Test
    void theFlagSyncsAtEachSlowExitOnceItIsSet() {
        RunOf run = RunOf.script(armedWithTurns(5).exit("MSR_WRITE").g(0x6e0, 1).entry());

        WhatIfRow merged = row(run, "S1/T1/I1");

        // Neither the write that sets the flag nor the one on the fast path.
        assertThat(merged.getSyncs()).isEqualTo(5);
        assertThat(merged.getExact()).isTrue();
        assertThat(merged.getXfdWriteExits()).isEqualTo(1);
        assertThat(row(run, "S5/T1/I1").getSyncs()).isEqualTo(6);
        assertThat(row(run, "S6/T2/I2").getSyncsHi()).isZero();
    }

    @Test
    void theBitmapOfTheLoadedVmcsSparesL2() {
        TraceScript script = armedWithTurns(2)
                .exit("VMLAUNCH")
                .r(0x1c4, XTILE)
                .nenter()
                .entry()
                .exit("CPUID")
                .r(0x1c4, XTILE)
                .nexit("CPUID")
                .nreflect("CPUID")
                .entry();
        RunOf run = RunOf.script(script);

        assertThat(row(run, "S1/T1/I1", "L2").getSyncs()).isEqualTo(1);
        assertThat(row(run, "S2/T1/I1", "L2").getSyncsHi()).isZero();
        assertThat(row(run, "S2/T1/I1", "L1").getSyncs()).isEqualTo(3);
        assertThat(row(run, "S1/T1/I1+EB01").getEb01Compares()).isEqualTo(1);
    }

    @Test
    void withoutTheReadsTheFlagIsFollowedFromTheWriteThatSetIt() {
        TraceScript script = new TraceScript()
                .entry()
                .exit("CPUID")
                .cpuid()
                .entry()
                .exit("MSR_WRITE")
                .g(0x1c4, XTILE)
                .entry()
                .exit("CPUID")
                .cpuid()
                .entry();
        WhatIfRow merged = row(RunOf.script(script), "S1/T1/I1");

        assertThat(merged.getSyncs()).isEqualTo(1);
        assertThat(merged.getSyncsHi()).isEqualTo(1);
    }

    @Test
    void withNothingToSeeAnyExitMaySync() {
        TraceScript script = new TraceScript().entry().exit("CPUID").cpuid().entry();
        WhatIfRow merged = row(RunOf.script(script), "S1/T1/I1");

        assertThat(merged.getSyncs()).isZero();
        assertThat(merged.getSyncsHi()).isEqualTo(1);
        assertThat(merged.getExact()).isFalse();
        assertThat(merged.getReason()).contains("msr:* was not recorded");
    }

    @Test
    void hiddenWritesBoundWhatInterceptionWouldCost() {
        RunOf run =
                RunOf.script(armedWithTurns(1).exit("CPUID").r(0x1c4, 0).cpuid().entry());
        WhatIfRow always = row(run, "S6/T2/I2");

        assertThat(always.getXfdWriteExits()).isEqualTo(2);
        assertThat(always.getXfdWriteExitsHi()).isNull();
        assertThat(always.getReason()).contains("leave no record");
    }

    @Test
    void neverReadingBackLosesWhereTheValueIsAnotherOne() {
        TraceScript script = armedWithTurns(1);
        long exit = script.events().count();
        RunOf run =
                RunOf.script(script.exit("CPUID").r(0x1c4, 0).cpuid().entry().soundTurn());
        WhatIfRow never = row(run, "S6/T1/I1");

        assertThat(never.getSound()).isFalse();
        assertThat(never.getLoss().getKind()).isEqualTo("STALE_COPY");
        assertThat(never.getFirstLossSeq()).isEqualTo(exit);
        assertThat(row(run, "S1/T1/I1").getLoss()).isNull();
    }

    @Test
    void anUntrappedFaultOfL2IsLostUnlessL1WantsIt() {
        TraceScript kept = intoL2().exitNm()
                .r(0x1c4, XTILE)
                .r(0x1c5, XTILE)
                .w(0x1c5, 0)
                .nexit("EXCEPTION_NMI")
                .injNm()
                .w(0x1c5, XTILE)
                .entry()
                .exit("CPUID")
                .r(0x1c4, XTILE)
                .w(0x1c5, 0)
                .nexit("CPUID")
                .nreflect("CPUID")
                .w(0x1c5, XTILE)
                .entry();
        TraceScript reflected = intoL2().exitNm()
                .r(0x1c4, XTILE)
                .r(0x1c5, XTILE)
                .w(0x1c5, 0)
                .nexit("EXCEPTION_NMI")
                .nreflect("EXCEPTION_NMI")
                .w(0x1c5, XTILE)
                .entry();

        assertThat(row(RunOf.script(kept), "S1/T4/I1").getLoss().getKind()).isEqualTo("FAULT_OF_L2_KEPT");
        WhatIfRow wanted = row(RunOf.script(reflected), "S1/T4/I1");
        assertThat(wanted.getLoss()).isNull();
        assertThat(wanted.getNmExits()).isEqualTo(1);
    }

    private static TraceScript intoL2() {
        return armedWithTurns(1).exit("VMLAUNCH").r(0x1c4, XTILE).nenter().entry();
    }

    @Test
    void aFaultUnderTheBootValueIsLostWhereItsWritesStillExit() {
        RunOf run = RunOf.script(armedWithTurns(2).soundFault());
        WhatIfRow closed = row(run, "S1/T1/I4");

        assertThat(closed.getLoss().getKind()).isEqualTo("FAULT_BEFORE_OPENING");
        assertThat(closed.getNmExits()).isZero();
        assertThat(row(run, "S1/T7/I4").getLoss()).isNull();
        assertThat(row(run, "S1/T7/I4").getNmExits()).isEqualTo(1);
        assertThat(row(run, "S1/T1/I1").getXfdFaults()).isEqualTo(1);
    }

    @Test
    void vcpusAddUp() {
        TraceScript other =
                new TraceScript(new StreamKey("run", "vm", 1)).armed().soundTurn();
        RunOf run = RunOf.script(armedWithTurns(3), other);

        assertThat(row(run, "S1/T1/I1").getSyncs()).isEqualTo(4);
    }

    @Test
    void lossesOfEventsMakeNothingExact() {
        RunOf run = RunOf.script(armedWithTurns(3).gap().entry());

        assertThat(row(run, "S1/T1/I1").getExact()).isFalse();
        assertThat(row(run, "S1/T1/I1").getReason()).contains("events were lost");
    }
}
