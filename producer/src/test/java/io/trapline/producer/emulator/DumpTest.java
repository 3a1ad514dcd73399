package io.trapline.producer.emulator;

import java.nio.file.*;
import org.junit.jupiter.api.Test;

class DumpTest {
    @Test
    void dump() throws Exception {
        for (Scenario s : Scenario.values()) {
            EventLog log = new EventLog();
            try {
                EmulatorResult r =
                        new Emulator(EmulatorOptions.ofSeed(1).withScenario(s).withEvents(20000)).run(log);
                System.out.println(s + " " + log.events().size() + " " + r.guest() + " faults " + r.kernelFaults());
            } catch (RuntimeException | AssertionError e) {
                System.out.println(s + " " + e);
                e.printStackTrace(System.out);
            }
            Files.write(Path.of("/tmp/wt/emu-scratch/" + s + ".txt"), log.texts());
        }
        for (Bug b : Bug.values()) {
            EventLog log = new EventLog();
            try {
                EmulatorResult r = new Emulator(
                                EmulatorOptions.showing(b, 1).withEvents(20000).withBugs(b))
                        .run(log);
                System.out.println(
                        b + " " + log.events().size() + " lost " + r.guest().lost() + " faults " + r.kernelFaults());
            } catch (RuntimeException | AssertionError e) {
                System.out.println(b + " " + e);
                e.printStackTrace(System.out);
            }
            Files.write(Path.of("/tmp/wt/emu-scratch/bug-" + b + ".txt"), log.texts());
        }
    }
}
