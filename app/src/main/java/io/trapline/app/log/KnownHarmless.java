package io.trapline.app.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;

/** Keeps from the user what Kafka says at WARN and ERROR on healthy starts of a single broker. */
public final class KnownHarmless extends Filter<ILoggingEvent> {

    /** A line whose message contains {@code part} and which names {@code cause}, in its message or as what was thrown. */
    private record Line(String part, String cause) {}

    private static final List<Line> LINES = List.of(
            // The controller is active.
            new Line("Performing controller activation", ""),
            // The broker registered a moment before the controller was elected; it tries again.
            new Line("CONTROLLER_REGISTRATION", "NotControllerException"),
            // After a kill -9: the coordinator began to load before the broker was leader again; it loads anew then.
            new Line("Failed to load metadata", "NotLeaderOrFollowerException"),
            // Two transactional producers came at once, and both had the broker make its own topic.
            new Line("__transaction_state", "TOPIC_ALREADY_EXISTS"),
            // A group was asked for while its coordinator was loading; the client asks again.
            new Line("group", "COORDINATOR_LOAD_IN_PROGRESS"),
            // The machine is so busy that the broker's sign of life to itself came late; it gives the next, and goes
            // on.
            new Line("processExpiredBrokerHeartbeat", "controller event queue overloaded"),
            new Line("sent a heartbeat request but received error", "REQUEST_TIMED_OUT"),
            // A transactional producer's second batch overtook its first; the producer sends both again in order.
            new Line("Error processing append operation", "OutOfOrderSequenceException"));

    @Override
    public FilterReply decide(ILoggingEvent event) {
        String message = event.getFormattedMessage();
        boolean harmless = message != null
                && LINES.stream()
                        .anyMatch(line -> message.contains(line.part())
                                && (message.contains(line.cause()) || isCausedBy(event, line.cause())));
        return harmless ? FilterReply.DENY : FilterReply.NEUTRAL;
    }

    private static boolean isCausedBy(ILoggingEvent event, String exception) {
        for (IThrowableProxy cause = event.getThrowableProxy(); cause != null; cause = cause.getCause()) {
            if (cause.getClassName().endsWith(exception)) {
                return true;
            }
        }
        return false;
    }
}
