package io.trapline.app.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.app.run.LoopAnalysis;
import io.trapline.producer.emulator.Emulator;
import io.trapline.producer.emulator.EmulatorOptions;
import io.trapline.producer.emulator.Scenario;
import io.trapline.producer.emulator.Strategy;
import io.trapline.schemas.avro.WhatIfRow;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventFields.GuestMsrAccess;
import io.trapline.schemas.event.EventFields.HostMsrAccess;
import io.trapline.schemas.event.EventFields.VmExit;
import io.trapline.schemas.event.EventFlags;
import io.trapline.schemas.event.EventView;
import io.trapline.schemas.table.Msrs;
import io.trapline.streams.totals.RunStrategies;
import io.trapline.streams.whatif.RunWhatIf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The emulator really runs the same guest under one strategy and under another: what is predicted for the second from the
 * recording of the first is, or bounds, what the second one's recording holds.
 */
class WhatIfAgreesWithTruthTest {
    private static final int SEEDS = Integer.getInteger("whatif.seeds", 2);
    private static final long INSTRUCTIONS = 20_000;
    private static final long NM_INTR_INFO = 0x80000307L;

    private static final List<String> SOUND = List.of(
            "S1/T1/I1",
            "S2/T1/I1",
            "S3/T1/I1",
            "S5/T1/I1",
            // Without the refresh L1 runs on after L2's writes with a stale bitmap, as in R28.
            "S6/T2/I2+EB01",
            "S1/T7/I4",
            "S2/T7/I4",
            "S1/T7/I5",
            "S2/T7/I5",
            "S1/T1/I1+EB01");

    private static final List<Scenario> SCENARIOS = List.of(
            Scenario.AMX_TASKS,
            Scenario.LAZY_FPU,
            Scenario.BAD_BITS,
            Scenario.SPEC_CTRL,
            Scenario.NESTED,
            Scenario.NESTED_WITHOUT_NM,
            Scenario.SVM,
            Scenario.SMP);

    /** What a recording holds. */
    private record Held(long syncs, long xfdWriteExits, long nmExits) {}

    private static final class Counter {
        private final EventView view = new EventView();
        private long syncs;
        private long xfdWriteExits;
        private long nmExits;

        void count(EventColumns events) {
            for (int row = 0; row < events.count(); row++) {
                view.on(events, row);
                switch (view.kind()) {
                    case HOST_MSR_ACCESS -> syncs += isSync() ? 1 : 0;
                    case GUEST_MSR_ACCESS ->
                        xfdWriteExits +=
                                view.get(GuestMsrAccess.INDEX) == Msrs.IA32_XFD && view.is(GuestMsrAccess.WRITE)
                                        ? 1
                                        : 0;
                    case VM_EXIT ->
                        nmExits +=
                                view.get(VmExit.EXIT_REASON) == 0 && view.get(VmExit.INTR_INFO) == NM_INTR_INFO ? 1 : 0;
                    default -> {}
                }
            }
        }

        private boolean isSync() {
            return view.get(HostMsrAccess.INDEX) == Msrs.IA32_XFD
                    && !view.is(HostMsrAccess.WRITE)
                    && (view.flags() & EventFlags.IRQS_OFF) != 0;
        }

        Held held() {
            return new Held(syncs, xfdWriteExits, nmExits);
        }
    }

    private static EmulatorOptions options(Scenario scenario, long seed, String strategy) {
        return EmulatorOptions.ofSeed(seed)
                .withScenario(scenario)
                .withGuestInstructions(INSTRUCTIONS)
                .withStrategy(Strategy.parse(strategy));
    }

    private static Held held(EmulatorOptions options) {
        Counter counter = new Counter();
        new Emulator(options).run(counter::count);
        return counter.held();
    }

    private static Map<String, WhatIfRow> predicted(EmulatorOptions options) {
        RunWhatIf whatIf = RunStrategies.of(
                new LoopAnalysis("live").of(new Emulator(options)).rows());
        Map<String, WhatIfRow> rows = new LinkedHashMap<>();
        for (String strategy : SOUND) {
            rows.put(
                    strategy,
                    whatIf.rows("live", "run", io.trapline.streams.whatif.Strategy.parse(strategy))
                            .get(0));
        }
        return rows;
    }

    @Test
    void whatWasPredictedIsWhatComes() {
        List<String> wrong = new ArrayList<>();
        long exact = 0;
        for (Scenario scenario : SCENARIOS) {
            for (long seed = 1; seed <= SEEDS; seed++) {
                Map<String, Held> truth = new LinkedHashMap<>();
                for (String strategy : SOUND) {
                    truth.put(strategy, held(options(scenario, seed, strategy)));
                }
                for (String recorded : SOUND) {
                    Map<String, WhatIfRow> rows = predicted(options(scenario, seed, recorded));
                    for (String asked : SOUND) {
                        String name = scenario + " seed " + seed + ", " + recorded + " -> " + asked;
                        wrong.addAll(mismatches(name, rows.get(asked), truth.get(asked)));
                        exact += rows.get(asked).getExact() ? 1 : 0;
                    }
                }
            }
        }

        assertThat(wrong).isEmpty();
        // Bounds that hold everything would agree with everything.
        assertThat(exact).isGreaterThan((long) SCENARIOS.size() * SEEDS * SOUND.size() * SOUND.size() * 8 / 10);
    }

    private static List<String> mismatches(String name, WhatIfRow row, Held truth) {
        List<String> wrong = new ArrayList<>();
        check(name + ": syncs", row.getSyncs(), row.getSyncsHi(), truth.syncs(), wrong);
        check(name + ": XFD writes", row.getXfdWriteExits(), row.getXfdWriteExitsHi(), truth.xfdWriteExits(), wrong);
        check(name + ": #NM", row.getNmExits(), row.getNmExitsHi(), truth.nmExits(), wrong);
        return wrong;
    }

    private static void check(String name, long lo, Long hi, long truth, List<String> wrong) {
        if (truth < lo || hi != null && truth > hi) {
            wrong.add(name + " " + lo + ".." + hi + ", but " + truth);
        }
    }
}
