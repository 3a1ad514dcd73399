package io.trapline.app.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;

/** The advice for a run as part of {@code trapline.summary/1}. */
final class AdviceTree {
    private AdviceTree() {}

    static ArrayNode of(SummaryDocument document) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        RunClock clock = document.run().clock();
        Advisor.of(document).forEach(advice -> all.add(node(advice, clock)));
        return all;
    }

    private static ObjectNode node(Advice advice, RunClock clock) {
        ArrayNode details = JsonNodeFactory.instance.arrayNode();
        advice.details().forEach(details::add);
        boolean computed = advice.saving() != null;
        return JsonNodeFactory.instance
                .objectNode()
                .put("level", advice.level())
                .put("isa", advice.isa())
                .put("reason", advice.reason())
                .<ObjectNode>set("details", details)
                .put("time_ns", clock.nanos(advice.time(), 1))
                .put("share_pct", new BigDecimal(advice.percent()))
                .put("why", advice.why())
                .put("instead", advice.instead())
                .put("source", advice.source())
                .put("strategy", advice.strategy())
                .put("saves_cycles_lo", computed ? advice.saving().lo() : null)
                .put("saves_cycles_hi", computed ? advice.saving().hi() : null);
    }
}
