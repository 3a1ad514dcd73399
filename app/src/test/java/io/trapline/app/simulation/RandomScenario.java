package io.trapline.app.simulation;

import io.trapline.producer.emulator.EmulatorOptions;
import io.trapline.producer.emulator.Isa;
import io.trapline.producer.emulator.KernelProfile;
import io.trapline.producer.emulator.Msr;
import io.trapline.producer.emulator.MsrFilter;
import io.trapline.producer.emulator.Strategy;
import io.trapline.producer.emulator.guest.GuestMix;
import io.trapline.producer.emulator.guest.GuestMix.ArmsXfd;
import io.trapline.producer.emulator.guest.GuestStep;
import io.trapline.producer.emulator.guest.NestedMix;
import io.trapline.producer.emulator.guest.NestedMix.L1;
import io.trapline.producer.emulator.guest.VmPlan;
import io.trapline.producer.scenario.ScenarioFile;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Scenarios that nobody wrote: any host and guests that a file could describe, under a kernel that loses nothing. Left out is R28,
 * which the merged kernel does lose: an L1 that arms XFD later than its L2.
 */
final class RandomScenario {
    private static final int EVENTS_MIN = 1_500;
    private static final int EVENTS_MORE = 4_000;

    private final Random random;
    private final Isa isa;
    private final boolean refreshesEb01;

    private RandomScenario(long seed) {
        // Neighbouring seeds begin alike: unmixed, thousands of them would choose the same ISA.
        random = new Random(seed * 0x9e3779b97f4a7c15L);
        isa = random.nextInt(4) == 0 ? Isa.SVM : Isa.VMX;
        refreshesEb01 = random.nextInt(4) == 0;
    }

    static ScenarioFile of(long seed) {
        return new RandomScenario(seed).scenario(seed);
    }

    private ScenarioFile scenario(long seed) {
        EmulatorOptions options = EmulatorOptions.ofSeed(seed)
                .withEvents(EVENTS_MIN + random.nextInt(EVENTS_MORE))
                .withProfile(one(KernelProfile.values()))
                .withStrategy(refreshesEb01 ? Strategy.parse("S1/T1/I1+EB01") : Strategy.MERGED);
        options = random.nextInt(3) == 0 ? options.withoutGroundTruth() : options;
        options = random.nextInt(3) == 0 ? options.withHostEvents() : options;
        List<VmPlan> vms = new ArrayList<>();
        for (int vm = random.nextInt(3); vm >= 0; vm--) {
            vms.add(vm());
        }
        return new ScenarioFile("random", "", options, isa, 1 + random.nextInt(3), random.nextBoolean(), vms);
    }

    private VmPlan vm() {
        boolean xfd = isa == Isa.VMX && random.nextInt(5) > 0;
        boolean restored = xfd && random.nextInt(6) == 0;
        boolean nests = !restored && random.nextInt(3) == 0;
        MsrFilter filter = random.nextInt(6) == 0 ? filter(nests) : MsrFilter.ALLOW_ALL;
        GuestMix guest = guest(xfd, nests && !refreshesEb01 || restored);
        boolean inHandler = restored && random.nextBoolean();
        long armed = restored && (inHandler || random.nextBoolean()) ? 0x40000 : 0;
        return new VmPlan(
                1 + random.nextInt(2),
                1 + random.nextInt(3),
                xfd,
                guest,
                nests ? nested(xfd) : null,
                filter,
                restored,
                armed,
                inHandler ? 0x40000 : 0);
    }

    private NestedMix nested(boolean xfd) {
        int steps = 1 + random.nextInt(20);
        return new NestedMix(
                one(L1.values()), 1 + random.nextInt(20), steps, steps + random.nextInt(40), guest(xfd, false));
    }

    /** Reads of XFD may be kept by user space, and anything else; writes of XFD may not: the guest would believe in them. */
    /** A VMM's own answer to a read of XFD would mislead an L1 that saves it for its guest. */
    private MsrFilter filter(boolean nests) {
        List<Set<Long>> sets = nests
                ? List.of(Set.of(Msr.EFER), Set.of(Msr.SPEC_CTRL, Msr.EFER))
                : List.of(Set.of(Msr.XFD), Set.of(Msr.EFER), Set.of(Msr.SPEC_CTRL, Msr.EFER));
        return new MsrFilter(sets.get(random.nextInt(sets.size())), Set.of(Msr.SPEC_CTRL), random.nextBoolean());
    }

    private GuestMix guest(boolean xfd, boolean armsAtBoot) {
        int amx = xfd ? random.nextInt(4) : 0;
        int lazyFpu = random.nextInt(3) == 0 ? random.nextInt(3) : 0;
        ArmsXfd arms = armsAtBoot ? ArmsXfd.AT_BOOT : one(ArmsXfd.values());
        int timer = 20 + random.nextInt(400);
        Map<GuestStep, Integer> weights = new EnumMap<>(GuestStep.class);
        for (GuestStep step : GuestStep.values()) {
            weights.put(step, random.nextInt(3) == 0 ? 0 : random.nextInt(60));
        }
        weights.put(GuestStep.COMPUTE, 1 + random.nextInt(20));
        return new GuestMix(
                amx,
                lazyFpu,
                1 + random.nextInt(3),
                xfd ? arms : ArmsXfd.NEVER,
                timer,
                timer + random.nextInt(400),
                weights);
    }

    private <T> T one(T[] of) {
        return of[random.nextInt(of.length)];
    }
}
