package io.trapline.producer.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.common.IsolationLevel;
import org.junit.jupiter.api.Test;

class ClientSettingsTest {
    @Test
    void theUserMayTuneButNotMakeTheLogWrong() {
        Map<String, Object> settings = ClientSettings.ofProducer(
                Map.of("bootstrap.servers", "h:1", "linger.ms", 5, "acks", "0", "transactional.id", "mine"), "run-1");

        assertThat(settings)
                .containsEntry("bootstrap.servers", "h:1")
                .containsEntry("linger.ms", 5)
                .containsEntry("compression.type", "lz4")
                .containsEntry("acks", "all")
                .containsEntry("transactional.id", "run-1");
    }

    @Test
    void readersSeeOnlyWhatWasCommitted() {
        assertThat(ClientSettings.ofReader(
                        Map.of("isolation.level", "read_uncommitted"), IsolationLevel.READ_COMMITTED))
                .containsEntry("isolation.level", "read_committed")
                .doesNotContainKey("group.id");
    }
}
