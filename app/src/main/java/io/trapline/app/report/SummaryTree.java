package io.trapline.app.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trapline.schemas.event.EventKind;
import io.trapline.streams.cost.AccessView;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A document as {@code trapline.summary/1}, without its digest. Names and their order are a contract. */
final class SummaryTree {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final RunDescription run;
    private final RunClock clock;

    private SummaryTree(RunDescription run) {
        this.run = run;
        clock = run.clock();
    }

    static ObjectNode of(SummaryDocument document) {
        return new SummaryTree(document.run()).summary(document);
    }

    private ObjectNode summary(SummaryDocument document) {
        ObjectNode node = NODES.objectNode();
        node.put("schema", "trapline.summary/1");
        node.set("run", run());
        node.set("exits", array(document.exits(), this::exit));
        node.set("advice", AdviceTree.of(document));
        node.set("accesses", array(accesses(document), this::access));
        node.set("nested", CostTree.nested(document));
        node.set("hot_spots", CostTree.hotSpots(document));
        node.set("hot_spots_unlisted", CostTree.hotSpotsUnlisted(document));
        node.set("xfd", CostTree.xfd(document.xfd()));
        node.set("policies", array(document.policies(), this::policy));
        node.set("findings", array(document.findings(), this::finding));
        node.set("what_if", WhatIfTree.of(document.run(), document.whatIf()));
        node.set("audit", audit(document.audit()));
        return node;
    }

    private static <T> ArrayNode array(List<T> values, Function<T, JsonNode> nodeOf) {
        ArrayNode array = NODES.arrayNode();
        values.forEach(value -> array.add(nodeOf.apply(value)));
        return array;
    }

    private ObjectNode run() {
        return NODES.objectNode()
                .put("id", run.id())
                .put("source", run.source())
                .put("profile", run.profile().toString())
                .put("profile_from", run.profileFrom())
                .<ObjectNode>set("isa", array(run.isa(), NODES::textNode))
                .put("events", run.events())
                .put("lost", run.lost())
                .put("unparsed", run.unparsed())
                .put("vcpus", run.vcpus())
                .put("from_ns", nanos(run.from()))
                .put("to_ns", nanos(run.to()));
    }

    private BigInteger nanos(Long units) {
        return units == null ? null : clock.nanos(units);
    }

    private ObjectNode exit(ExitCost exit) {
        ExitTimes time = exit.time();
        Percentiles percentiles = exit.percentiles();
        // The shortest of no durations is not 0.
        boolean sampled = time.samples() > 0;
        ObjectNode node = NODES.objectNode()
                .put("vm", exit.vm())
                .put("vcpu", exit.vcpu())
                .put("level", exit.level())
                .put("isa", exit.isa())
                .put("reason", exit.reason())
                .put("detail", exit.detail())
                .put("samples", time.samples())
                .put("open", exit.open())
                .put("syncs", exit.syncs())
                .put("time_ns", clock.nanos(time.sum(), 1));
        CostTree.addSplit(node, time.sum(), exit.split(), clock);
        return node.put("min_ns", sampled ? clock.nanos(time.min()) : null)
                .put("max_ns", sampled ? clock.nanos(time.max()) : null)
                .put("mean_ns", sampled ? clock.nanos(time.sum(), time.samples()) : null)
                .put("rsd_pct", clock.measures() ? time.relativeErrorPercent() : null)
                .put("p50_ns", sampled ? clock.nanos(percentiles.p50()) : null)
                .put("p90_ns", sampled ? clock.nanos(percentiles.p90()) : null)
                .put("p99_ns", sampled ? clock.nanos(percentiles.p99()) : null)
                .put("p999_ns", sampled ? clock.nanos(percentiles.p999()) : null);
    }

    /** Those of perf's views; what else the rows hold is for the difference to perf. */
    private static List<AccessCost> accesses(SummaryDocument document) {
        return document.accesses().stream()
                .filter(access -> !access.view().equals(AccessView.FIRST_EXIT.title()))
                .toList();
    }

    private ObjectNode access(AccessCost access) {
        ExitTimes time = access.time();
        Percentiles percentiles = access.percentiles();
        return NODES.objectNode()
                .put("vm", access.vm())
                .put("vcpu", access.vcpu())
                .put("view", access.view())
                .put("access", access.access())
                .put("samples", time.samples())
                .put("time_ns", clock.nanos(time.sum(), 1))
                .put("min_ns", clock.nanos(time.min()))
                .put("max_ns", clock.nanos(time.max()))
                .put("mean_ns", clock.nanos(time.sum(), time.samples()))
                .put("rsd_pct", clock.measures() ? time.relativeErrorPercent() : null)
                .put("p50_ns", clock.nanos(percentiles.p50()))
                .put("p90_ns", clock.nanos(percentiles.p90()))
                .put("p99_ns", clock.nanos(percentiles.p99()))
                .put("p999_ns", clock.nanos(percentiles.p999()));
    }

    private ObjectNode policy(PolicyVerdict verdict) {
        PolicyInfo policy = verdict.policy();
        return NODES.objectNode()
                .put("id", policy.id())
                .put("title", policy.title())
                .put("severity", policy.severity())
                .put("kind", policy.kind())
                .put("verdict", verdict.verdict().title())
                .put("checked", verdict.checked())
                .put("undecided", verdict.undecided())
                .put("violations", verdict.violations())
                .<ObjectNode>set("needs", array(policy.needs(), NODES::textNode))
                .put("recipe", verdict.recipe())
                .put("decided_by", Objects.toString(verdict.decidedBy(), null));
    }

    private ObjectNode finding(Finding finding) {
        return NODES.objectNode()
                .put("id", finding.id())
                .put("policy", finding.policy().id())
                .put("severity", finding.severity())
                .put("vm", finding.vm())
                .put("vcpu", finding.vcpu())
                .put("level", finding.level())
                .put("seq", finding.seq())
                .put("time_ns", clock.nanos(finding.time()))
                .put("source", run.place(finding.position()))
                .put("count", finding.count())
                .put("first", finding.first())
                .put("last", finding.last())
                .put("expected", finding.expected())
                .put("observed", finding.observed())
                .put("rule", finding.rule())
                .put("caught", finding.policy().caught())
                .put("fixed_in", finding.policy().fixedIn())
                .<ObjectNode>set("evidence", array(finding.evidence(), this::evidence))
                .<ObjectNode>set("state_before", state(finding.stateBefore()))
                .set("state_after", state(finding.stateAfter()));
    }

    private static ObjectNode state(Map<String, String> items) {
        ObjectNode state = NODES.objectNode();
        items.forEach(state::put);
        return state;
    }

    private ObjectNode evidence(Evidence evidence) {
        return NODES.objectNode()
                .put("seq", evidence.seq())
                .put("time_ns", clock.nanos(evidence.time()))
                .put("source", run.place(evidence.position()))
                .put("text", evidence.text());
    }

    private ObjectNode audit(Audit audit) {
        ObjectNode kinds = NODES.objectNode();
        audit.byKind().forEach((kind, count) -> kinds.put(recordName(kind), count));
        return NODES.objectNode()
                .put("balanced", audit.balanced())
                .put("events", audit.events())
                .put("events_folded", audit.folded())
                .<ObjectNode>set("by_kind", kinds)
                .put("entries", audit.total(StreamAccount::entries))
                .put("exits", audit.exits())
                .put("samples", audit.total(StreamAccount::samples))
                .put("open", audit.total(StreamAccount::open))
                .put("entries_alone", audit.total(StreamAccount::entriesAlone))
                .put("gaps", audit.gaps())
                .put("clamped", audit.clamped())
                .put("late_chunks", audit.lateChunks())
                .put("copies", audit.copies())
                .put("lines", audit.lines() == 0 ? null : audit.lines())
                .put("lines_without_event", audit.lines() == 0 ? null : audit.linesWithoutEvent())
                .put("unparsed", audit.unparsed())
                .set("vcpus", array(audit.vcpus(), this::account));
    }

    private ObjectNode account(StreamAccount account) {
        return NODES.objectNode()
                .put("vm", account.vm())
                .put("vcpu", account.vcpu())
                .put("events", account.events())
                .put("entries", account.entries())
                .put("exits", account.exits())
                .put("samples", account.samples())
                .put("open", account.open())
                .put("entries_alone", account.entriesAlone())
                .put("wall_ns", clock.nanos(account.wall()))
                .put("guest_ns", clock.nanos(account.guest()))
                .put("host_ns", clock.nanos(account.host()))
                .put("unknown_ns", clock.nanos(account.unknown()));
    }

    /** A kind as its record is called: {@code VmExit}. */
    private static String recordName(EventKind kind) {
        return Arrays.stream(kind.name().split("_", -1))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }
}
