package io.trapline.streams.fold;

import io.trapline.schemas.event.EventColumns;
import io.trapline.streams.TraceScript;
import java.util.Random;

/** Traces of a guest with AMX as a sound kernel writes them, with costs as scattered as on a real machine. */
public final class SteadyTrace {
    private SteadyTrace() {}

    public static EventColumns of(long seed, int turns) {
        Random random = new Random(seed);
        TraceScript script = new TraceScript().armed();
        for (int i = 0; i < turns; i++) {
            script.after(1_000 + random.nextInt(20_000));
            script.at(0xffff_ffff_8100_0000L + 64L * random.nextInt(50));
            turn(script, random);
        }
        return script.events();
    }

    private static void turn(TraceScript script, Random random) {
        switch (random.nextInt(8)) {
            case 0 -> script.exit("CPUID").r(0x1c4, 0).cpuid();
            case 1 -> script.exit("IO_INSTRUCTION").r(0x1c4, 0).pio(0x3f8, true);
            case 2 -> script.exit("EPT_VIOLATION").r(0x1c4, 0).pageFault();
            case 3 -> script.exit("MSR_READ").r(0x1c4, 0).gRead(0x1b, 1);
            case 4 -> script.exit("PREEMPTION_TIMER");
            case 5 -> script.exit("MSR_WRITE").g(0x6e0, random.nextInt());
            case 6 -> script.exit("EXTERNAL_INTERRUPT").irq().r(0x1c4, 0);
            default -> script.exit("HLT").r(0x1c4, 0).fpu(false).fpu(true);
        }
        script.after(200 + (long) Math.exp(random.nextGaussian() + 7)).entry();
    }
}
