package io.trapline.app.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/**
 * Keeps from the user what Kafka says on healthy starts: at WARN, that the controller is active; at ERROR, that the broker was
 * refused when it registered with that controller a moment before it was elected (it tries again).
 */
public final class KnownHarmless extends Filter<ILoggingEvent> {

    private static final String ACTIVATION = "Performing controller activation";
    private static final String REGISTRATION = "CONTROLLER_REGISTRATION";
    private static final String NOT_YET_ELECTED = "NotControllerException";

    @Override
    public FilterReply decide(ILoggingEvent event) {
        String message = event.getFormattedMessage();
        boolean harmless = message != null
                && (message.contains(ACTIVATION)
                        || message.contains(REGISTRATION)
                                && (message.contains(NOT_YET_ELECTED) || isCausedByElection(event)));
        return harmless ? FilterReply.DENY : FilterReply.NEUTRAL;
    }

    private static boolean isCausedByElection(ILoggingEvent event) {
        for (IThrowableProxy cause = event.getThrowableProxy(); cause != null; cause = cause.getCause()) {
            if (cause.getClassName().endsWith(NOT_YET_ELECTED)) {
                return true;
            }
        }
        return false;
    }
}
