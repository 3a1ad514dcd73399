package io.trapline.producer.emulator;

import java.util.Set;

/** How the hypervisor of a host was built and is observed. */
record KvmSetup(
        Isa isa,
        KernelProfile profile,
        Strategy strategy,
        Set<Bug> bugs,
        CostModel costs,
        long seed,
        boolean groundTruth) {

    static KvmSetup of(EmulatorOptions options, Isa isa) {
        return new KvmSetup(
                isa,
                options.profile(),
                options.strategy(),
                options.bugs(),
                options.costs(),
                options.seed(),
                options.groundTruth());
    }
}
