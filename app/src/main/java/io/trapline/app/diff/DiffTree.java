package io.trapline.app.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trapline.app.diff.Comparison.ShownDivergence;
import io.trapline.app.diff.JudgementChanges.VerdictChange;
import io.trapline.app.report.Finding;
import io.trapline.app.report.RunDescription;
import io.trapline.app.report.TracePlaces;
import io.trapline.schemas.avro.EvidenceLine;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.Function;

/** A comparison as {@code trapline.diff/1}. Names and their order are a contract. */
final class DiffTree {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_UP);
    private static final int PERCENT_DIGITS = 2;

    private DiffTree() {}

    static ObjectNode of(Comparison comparison, List<GateResult> gates) {
        RunDescription a = comparison.a().document().run();
        RunDescription b = comparison.b().document().run();
        JudgementChanges judgements = comparison.judgements();
        ObjectNode node = NODES.objectNode();
        node.put("schema", "trapline.diff/1");
        node.set("a", run(comparison.a()));
        node.set("b", run(comparison.b()));
        node.set("gates", array(gates, DiffTree::gate));
        Double common = comparison.commonPercent();
        node.put("common_percent", common == null ? null : percent(common));
        node.set("exits", array(comparison.exits(), DiffTree::exit));
        node.set("findings_new", array(judgements.fresh(), finding -> finding(finding, b)));
        node.set("findings_gone", array(judgements.gone(), finding -> finding(finding, a)));
        node.set("verdicts", array(judgements.verdicts(), DiffTree::verdict));
        node.set("decisions", array(comparison.divergences(), shown -> divergence(shown, a, b)));
        return node;
    }

    private static <T> ArrayNode array(List<T> values, Function<T, JsonNode> nodeOf) {
        ArrayNode array = NODES.arrayNode();
        values.forEach(value -> array.add(nodeOf.apply(value)));
        return array;
    }

    private static ObjectNode run(MeasuredRun side) {
        RunDescription run = side.document().run();
        return NODES.objectNode()
                .put("id", run.id())
                .put("source", run.source())
                .put("profile", run.profile().toString())
                .<ObjectNode>set("isa", array(run.isa(), NODES::textNode))
                .put("events", run.events())
                .put("vcpus", run.vcpus())
                .put("guest_ns", side.measuresTime() ? nanos(side.guestNanos("")) : null);
    }

    private static ObjectNode gate(GateResult gate) {
        return NODES.objectNode()
                .put("gate", gate.gate())
                .put("holds", !gate.fails())
                .set("failures", array(gate.failures(), NODES::textNode));
    }

    private static ObjectNode exit(ExitChange change) {
        ExitKind kind = change.kind();
        return NODES.objectNode()
                .put("vcpu", kind.place().isEmpty() ? null : kind.place())
                .put("level", kind.level())
                .put("isa", kind.isa())
                .put("reason", kind.reason())
                .put("detail", kind.detail())
                .<ObjectNode>set("changes", array(change.changes(), each -> NODES.textNode(each.title())))
                .<ObjectNode>set("a", sample(change.a()))
                .<ObjectNode>set("b", sample(change.b()))
                .<ObjectNode>set("cost", cost(change.cost()))
                .set("rate", rate(change));
    }

    private static ObjectNode sample(ExitSample sample) {
        boolean any = sample.samples() > 0;
        return NODES.objectNode()
                .put("samples", sample.samples())
                .put("per_guest_second", sample.guestNanos() > 0 ? digits(sample.perGuestSecond()) : null)
                .put("mean_ns", any ? nanos(sample.mean()) : null)
                .put("p50_ns", any ? nanos(sample.percentile(500)) : null)
                .put("p99_ns", any ? nanos(sample.percentile(990)) : null)
                .put("max_ns", any ? nanos(sample.max()) : null);
    }

    private static ObjectNode cost(Cost cost) {
        if (cost == null) {
            return null;
        }
        return shift(cost.effect())
                .put("dearer_probability", digits(cost.ranks().dearer()))
                .put("p", digits(cost.ranks().probability()));
    }

    /** The shift of a rate is none in percent where a side has next to no exits. */
    private static ObjectNode rate(ExitChange change) {
        if (change.rate() == null) {
            return null;
        }
        boolean few = Math.min(change.a().samples(), change.b().samples()) < ExitChanges.SAMPLES_MIN;
        ObjectNode node = few ? NODES.objectNode() : shift(change.rate().shift());
        return node.put("p", digits(change.rate().probability()));
    }

    private static ObjectNode shift(Shift shift) {
        return NODES.objectNode()
                .put("percent", percent(shift.percent()))
                .put("from_percent", percent(shift.fromPercent()))
                .put("to_percent", percent(shift.toPercent()));
    }

    private static ObjectNode finding(Finding finding, RunDescription run) {
        return NODES.objectNode()
                .put("id", finding.id())
                .put("policy", finding.policy().id())
                .put("severity", finding.severity())
                .put("title", finding.policy().title())
                .put("source", run.place(finding.position()));
    }

    private static ObjectNode verdict(VerdictChange change) {
        return NODES.objectNode()
                .put("policy", change.b().policy().id())
                .put("a", change.a().verdict().title())
                .put("b", change.b().verdict().title());
    }

    private static ObjectNode divergence(ShownDivergence shown, RunDescription a, RunDescription b) {
        Divergence at = shown.divergence();
        return NODES.objectNode()
                .put("vm", at.vm())
                .put("vcpu", at.vcpu())
                .put("way", at.way().title())
                .put("compared", at.compared())
                .put("differences_of_guests", at.before())
                .put("exit", at.kind() == null ? null : ChangeWords.name(at.kind()))
                .<ObjectNode>set("a", array(at.decidedA(), NODES::textNode))
                .<ObjectNode>set("b", array(at.decidedB(), NODES::textNode))
                .<ObjectNode>set("evidence_a", lines(shown.linesA(), a))
                .set("evidence_b", lines(shown.linesB(), b));
    }

    private static ArrayNode lines(List<EvidenceLine> lines, RunDescription run) {
        TracePlaces places = new TracePlaces(run.source(), run.clock());
        return array(lines, places::tree);
    }

    private static BigDecimal nanos(double value) {
        return new BigDecimal(value).setScale(0, RoundingMode.HALF_UP);
    }

    private static BigDecimal digits(double value) {
        return new BigDecimal(value).round(THREE_DIGITS);
    }

    /** None where no number bounds it. */
    private static BigDecimal percent(double value) {
        return Double.isFinite(value) ? new BigDecimal(value).setScale(PERCENT_DIGITS, RoundingMode.HALF_UP) : null;
    }
}
