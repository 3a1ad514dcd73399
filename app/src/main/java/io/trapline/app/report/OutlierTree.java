package io.trapline.app.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Outliers as a part of {@code trapline.summary/1}. */
final class OutlierTree {
    private final RunDescription run;

    OutlierTree(RunDescription run) {
        this.run = run;
    }

    ObjectNode of(Outliers outliers) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("longer_than_ns", outliers.thresholdNs().stripTrailingZeros())
                .put("count", outliers.count());
        ArrayNode longest = node.putArray("longest");
        outliers.longest().forEach(outlier -> longest.add(outlier(outlier)));
        return node;
    }

    private ObjectNode outlier(Outlier outlier) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("duration_ns", run.clock().nanos(outlier.duration()))
                .put("vm", outlier.vm())
                .put("vcpu", outlier.vcpu())
                .put("level", outlier.level())
                .put("isa", outlier.isa())
                .put("reason", outlier.reason())
                .put("detail", outlier.detail());
        ArrayNode records = node.putArray("records");
        outlier.records()
                .forEach(record -> records.addObject()
                        .put("seq", record.seq())
                        .put("time_ns", run.clock().nanos(record.time()))
                        .put("source", run.place(record.position()))
                        .put("text", record.text()));
        return node;
    }
}
