package io.trapline.app.broker;

/**
 * Starts Log4j, which Kafka's server asks for its levels, on a thread that nobody interrupts: interrupted by Ctrl-C in the
 * middle of its start it would print a stack trace.
 */
final class Log4jStart {
    private static final String ENTRY = "org.apache.logging.log4j.LogManager";

    private Log4jStart() {}

    /** Returns when it has started; an interrupt meanwhile is kept for later. */
    static void await() {
        Thread starter = new Thread(Log4jStart::start, "trapline-log4j");
        starter.start();
        boolean interrupted = false;
        while (starter.isAlive()) {
            try {
                starter.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void start() {
        try {
            Class.forName(ENTRY);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("Kafka's server comes with Log4j", e);
        }
    }
}
