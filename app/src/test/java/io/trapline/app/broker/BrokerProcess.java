package io.trapline.app.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A broker in a JVM of its own, which a test can kill. */
final class BrokerProcess implements AutoCloseable {

    private static final String READY = "ready";

    private final Process process;

    private BrokerProcess(Process process) {
        this.process = process;
    }

    /** What the child JVM runs: brings the broker up, writes the records it is given, and waits for its end. */
    public static void main(String[] args) throws Exception {
        BrokerHandle broker = Brokers.joinOrStart(Path.of(args[0]));
        List<String> values = List.of(args).subList(1, args.length);
        if (!values.isEmpty()) {
            Records.createTopic(broker);
            Records.write(broker, values.toArray(String[]::new));
        }
        System.out.println(READY);
        // The parent's end of the pipe closes when the parent dies: then this process must not stay behind.
        int unused = System.in.read();
        broker.close();
        System.exit(0);
    }

    /** Returns when the broker serves and the values are committed. */
    static BrokerProcess start(Path dataDir, String... values) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                BrokerProcess.class.getName(),
                dataDir.toString());
        builder.command().addAll(List.of(values));
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader output = process.inputReader();
        if (!READY.equals(output.readLine())) {
            process.destroyForcibly();
            throw new IOException("the child's broker did not start");
        }
        return new BrokerProcess(process);
    }

    /** As {@code kill -9}: no hook runs, nothing is flushed by us. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        kill();
    }
}
