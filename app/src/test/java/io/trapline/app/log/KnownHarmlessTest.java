package io.trapline.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.errors.NotControllerException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.junit.jupiter.api.Test;

class KnownHarmlessTest {

    private final Logger logger = new LoggerContext().getLogger("kafka");

    @Test
    void aRegistrationBeforeTheElectionIsHidden() {
        Throwable thrown = new CompletionException(new NotControllerException("No controller appears to be active."));

        assertThat(replyTo("Unexpected error handling request RequestHeader(apiKey=CONTROLLER_REGISTRATION)", thrown))
                .isEqualTo(FilterReply.DENY);
    }

    @Test
    void aRegistrationThatFailsOtherwiseIsShown() {
        assertThat(replyTo("Unexpected error handling request CONTROLLER_REGISTRATION", new IllegalStateException()))
                .isEqualTo(FilterReply.NEUTRAL);
    }

    @Test
    void aBatchThatOvertookAnotherIsHidden() {
        assertThat(replyTo("Error processing append operation on partition t-0", new OutOfOrderSequenceException("1")))
                .isEqualTo(FilterReply.DENY);
        assertThat(replyTo("Error processing append operation on partition t-0", new IllegalStateException()))
                .isEqualTo(FilterReply.NEUTRAL);
    }

    @Test
    void aLateHeartbeatOfABusyMachineIsHidden() {
        assertThat(replyTo(
                        "[QuorumController id=1] processExpiredBrokerHeartbeat: controller event queue overloaded."
                                + " Timed out heartbeat from broker 1.",
                        null))
                .isEqualTo(FilterReply.DENY);
        assertThat(replyTo("Broker 1 sent a heartbeat request but received error STALE_BROKER_EPOCH.", null))
                .isEqualTo(FilterReply.NEUTRAL);
    }

    @Test
    void anyOtherErrorIsShown() {
        assertThat(replyTo("Disk error", new NotControllerException("x"))).isEqualTo(FilterReply.NEUTRAL);
    }

    private FilterReply replyTo(String message, Throwable thrown) {
        return new KnownHarmless().decide(new LoggingEvent("caller", logger, Level.ERROR, message, thrown, null));
    }
}
