package io.trapline.schemas.topic;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One topic of the catalogue: what its keys and values are (for people), how many partitions it is born with and how it
 * is cleaned. {@code retentionMs} -1: for ever.
 */
public record Topic(String name, String key, String value, int partitions, Cleanup cleanup, long retentionMs) {
    /** What Kafka does with old records. */
    public enum Cleanup {
        DELETE("delete"),
        COMPACT("compact");

        private final String setting;

        Cleanup(String setting) {
            this.setting = setting;
        }

        /** Value of the topic setting {@code cleanup.policy}. */
        public String setting() {
            return setting;
        }
    }

    public Topic {
        Objects.requireNonNull(name);
        if (partitions < 1) {
            throw new IllegalArgumentException(name + " with " + partitions + " partitions");
        }
    }

    /** The settings that make the topic what it is; the rest is the cluster's choice. */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("cleanup.policy", cleanup.setting());
        settings.put("retention.ms", Long.toString(retentionMs));
        settings.put("compression.type", "producer");
        // Record timestamps are import time, but a producer of another make may set a trace clock's: never refuse
        // those.
        settings.put("message.timestamp.type", "LogAppendTime");
        return settings;
    }
}
