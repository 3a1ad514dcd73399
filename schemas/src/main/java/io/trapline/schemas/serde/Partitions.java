package io.trapline.schemas.serde;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/** Which partition a key belongs to: Kafka's own default, said explicitly, because writers and readers must agree. */
public final class Partitions {
    private Partitions() {}

    public static int of(String key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
    }
}
