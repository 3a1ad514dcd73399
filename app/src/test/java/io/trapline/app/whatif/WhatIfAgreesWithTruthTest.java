package io.trapline.app.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.app.run.LoopAnalysis;
import io.trapline.producer.emulator.Emulator;
import io.trapline.producer.emulator.EmulatorOptions;
import io.trapline.producer.emulator.Scenario;
import io.trapline.producer.emulator.Strategy;
import io.trapline.producer.scenario.BuiltInScenarios;
import io.trapline.producer.scenario.InvalidScenario;
import io.trapline.producer.scenario.ScenarioFile;
import io.trapline.producer.scenario.ScenarioReader;
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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
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

    /**
     * All but those of which a strategy says nothing: on an AMD host no guest has XFD, and one of them stands for the others;
     * a filter that takes writes of XFD to user space leaves no record of their values; and the fleet is many of the others.
     */
    private static final List<String> FILES = BuiltInScenarios.names().stream()
            .filter(name -> !name.startsWith("svm-") || name.equals("svm-nested"))
            .filter(name -> !name.equals("msr-filter") && !name.equals("fleet"))
            .toList();

    /** A guest to run: one of a scenario's name, or of its file. */
    private record Guest(String name, Function<EmulatorOptions, Emulator> emulator, EmulatorOptions options) {
        static Guest of(Scenario scenario) {
            return new Guest(
                    scenario.title(), Emulator::new, EmulatorOptions.ofSeed(1).withScenario(scenario));
        }

        static Guest of(String file) {
            ScenarioFile scenario = BuiltInScenarios.read(file);
            return new Guest(file + ".yaml", scenario::emulator, scenario.options());
        }

        Emulator with(long seed, String strategy) {
            return emulator.apply(
                    options.withSeed(seed).withGuestInstructions(INSTRUCTIONS).withStrategy(Strategy.parse(strategy)));
        }
    }

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

    private static Held held(Emulator emulator) {
        Counter counter = new Counter();
        emulator.run(counter::count);
        return counter.held();
    }

    private static Map<String, WhatIfRow> predicted(Emulator emulator) {
        RunWhatIf whatIf =
                RunStrategies.of(new LoopAnalysis("live").of(emulator).rows());
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
        Agreement agreement = new Agreement();
        Stream.concat(SCENARIOS.stream().map(Guest::of), FILES.stream().map(Guest::of))
                .forEach(guest -> {
                    for (long seed = 1; seed <= SEEDS; seed++) {
                        agreement.add(guest, seed);
                    }
                });

        assertThat(agreement.wrong).isEmpty();
        // Bounds that hold everything would agree with everything.
        assertThat(agreement.exact).isGreaterThan(agreement.compared * 8 / 10);
    }

    /** A guest without XFD: no sync tells on which path an IPI to another vCPU was sent, and S5 asks. */
    @Test
    void anExitThatShowsNoPathBoundsTheSyncs() throws InvalidScenario {
        String text = "name: ipis\nvms:\n  - {vcpus: 4, amx: false, guest: {steps: {ipi: 48}}}\n";
        ScenarioFile file = ScenarioReader.read("ipis.yaml", Path.of(""), text);
        Guest guest = new Guest("ipis", file::emulator, file.options().withoutGroundTruth());

        WhatIfRow row = predicted(guest.with(1, "S1/T1/I1")).get("S5/T1/I1");

        assertThat(mismatches("ipis", row, held(guest.with(1, "S5/T1/I1")))).isEmpty();
        assertThat(row.getExact()).isFalse();
        assertThat(row.getReason()).contains("fast path");
    }

    /** Every strategy predicted from every other's recording. */
    private static final class Agreement {
        private final List<String> wrong = new ArrayList<>();
        private long compared;
        private long exact;

        void add(Guest guest, long seed) {
            Map<String, Held> truth = new LinkedHashMap<>();
            for (String strategy : SOUND) {
                truth.put(strategy, held(guest.with(seed, strategy)));
            }
            for (String recorded : truth.keySet()) {
                Map<String, WhatIfRow> rows = predicted(guest.with(seed, recorded));
                String from = guest.name() + " seed " + seed + ", " + recorded + " -> ";
                truth.forEach((asked, held) -> {
                    WhatIfRow row = rows.get(asked);
                    // Where R28 bites, a prediction ends with the loss.
                    if (row.getLoss() == null) {
                        wrong.addAll(mismatches(from + asked, row, held));
                        compared++;
                        exact += row.getExact() ? 1 : 0;
                    }
                });
            }
        }
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
