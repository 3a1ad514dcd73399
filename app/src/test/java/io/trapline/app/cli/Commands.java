package io.trapline.app.cli;

import io.trapline.app.broker.BrokerHandle;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs commands as a user does, and has recordings for them. */
final class Commands {
    static final Path RECORDINGS = Path.of("../producer/src/test/resources/recordings");
    static final Path ARMED = RECORDINGS.resolve("bochs-amx/direct-linux-6.1/s1-xfd-arm-nm.txt");
    static final Path NESTED = RECORDINGS.resolve("bochs-amx/linux-guest-linux-6.1/q3-nested-l2-xfd.txt.gz");
    static final Path TWO_VCPUS = RECORDINGS.resolve("intel-vmx/linux-6.1/03-smp2/trace.txt.zst");

    private Commands() {}

    /** What a command came to. */
    record Outcome(int exitCode, String out, String err) {}

    static Outcome run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = TraplineCommand.run(args, new PrintWriter(out), new PrintWriter(err));
        return new Outcome(exitCode, out.toString(), err.toString());
    }

    static Outcome runOn(BrokerHandle broker, String... args) {
        List<String> all = new ArrayList<>(Arrays.asList(args));
        all.add("--bootstrap-server");
        all.add(broker.bootstrapServers());
        return run(all.toArray(String[]::new));
    }

    /** A recording without these lines, counted from 1, as a file of this name. */
    static Path without(Path recording, Path file, Integer... lines) throws IOException {
        List<Integer> left = Arrays.asList(lines);
        List<String> kept = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(recording, StandardCharsets.UTF_8)) {
            if (!left.contains(++number)) {
                kept.add(line);
            }
        }
        return Files.write(file, kept);
    }
}
