package io.trapline.app.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/**
 * Keeps from the user what Kafka says on healthy starts: at WARN, that the controller is active; at ERROR, that the broker was
 * refused when it registered with that controller a moment before it was elected (it tries again); and that a transactional
 * producer's second batch overtook its first, which the producer sends again in order.
 */
public final class KnownHarmless extends Filter<ILoggingEvent> {

    private static final String ACTIVATION = "Performing controller activation";
    private static final String REGISTRATION = "CONTROLLER_REGISTRATION";
    private static final String NOT_YET_ELECTED = "NotControllerException";

    private static final String APPEND = "Error processing append operation";
    private static final String OVERTAKEN = "OutOfOrderSequenceException";

    @Override
    public FilterReply decide(ILoggingEvent event) {
        String message = event.getFormattedMessage();
        boolean harmless = message != null
                && (message.contains(ACTIVATION)
                        || message.contains(REGISTRATION)
                                && (message.contains(NOT_YET_ELECTED) || isCausedBy(event, NOT_YET_ELECTED))
                        || message.contains(APPEND) && isCausedBy(event, OVERTAKEN));
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
