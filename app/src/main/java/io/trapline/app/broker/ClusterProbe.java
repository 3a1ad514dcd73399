package io.trapline.app.broker;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;

/** Asks a cluster for its id, and gives up in bounded time. */
final class ClusterProbe {

    private static final int CONNECT_MILLIS_MAX = 500;

    private ClusterProbe() {}

    /** The cluster's id; else an exception whose message says in a few words why there is none. */
    static String clusterId(Map<String, Object> clientConfig, Duration answerMax)
            throws NoAnswer, InterruptedException {
        Map<String, Object> config = new HashMap<>(clientConfig);
        int answerMillisMax = Math.toIntExact(answerMax.toMillis());
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, answerMillisMax);
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, answerMillisMax);
        Admin admin = adminClient(config);
        try {
            return admin.describeCluster().clusterId().get(answerMillisMax, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new NoAnswer("no answer within " + answerMax.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new NoAnswer(inFewWords(e.getCause(), answerMax), e.getCause());
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    private static Admin adminClient(Map<String, Object> config) throws NoAnswer {
        try {
            return Admin.create(config);
        } catch (KafkaException e) {
            throw new NoAnswer(rootCause(e).getMessage(), e);
        }
    }

    private static String inFewWords(Throwable cause, Duration answerMax) {
        if (cause instanceof org.apache.kafka.common.errors.TimeoutException) {
            return "no answer within " + answerMax.toSeconds() + " s";
        }
        return rootCause(cause).getMessage();
    }

    private static Throwable rootCause(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** Whether anything listens there: tells a dead port from a slow broker at once. */
    static boolean somethingListens(String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        try (Socket socket = new Socket()) {
            int port = Integer.parseInt(hostAndPort.substring(colon + 1));
            socket.connect(new InetSocketAddress(hostAndPort.substring(0, colon), port), CONNECT_MILLIS_MAX);
            return true;
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException nobody) {
            return false;
        }
    }

    /** Why a cluster did not give its id. */
    static final class NoAnswer extends Exception {

        private static final long serialVersionUID = 1L;

        NoAnswer(String reason, Throwable cause) {
            super(reason, cause);
        }
    }
}
