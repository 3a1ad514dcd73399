package io.trapline.app.cluster;

import io.trapline.app.broker.ClusterUnreachable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** What a cluster's refusal means for the user. */
final class ClusterAnswers {
    private ClusterAnswers() {}

    static ClusterUnreachable unexpected(String doing, ExecutionException e) {
        return new ClusterUnreachable(
                "The cluster refused " + doing + ": " + e.getCause().getMessage(), e.getCause());
    }

    static ClusterUnreachable unexpected(String doing, KafkaException e) {
        return new ClusterUnreachable("The cluster refused " + doing + ": " + e.getMessage(), e);
    }

    static InterruptException interrupted(InterruptedException e) {
        return new InterruptException(e);
    }
}
