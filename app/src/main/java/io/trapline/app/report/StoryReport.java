package io.trapline.app.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trapline.app.report.TextTable.Side;
import io.trapline.schemas.avro.Run;
import io.trapline.streams.policy.Policy;
import io.trapline.streams.retrace.Deed;
import io.trapline.streams.retrace.Rule;
import io.trapline.streams.retrace.Story;
import java.util.List;
import java.util.stream.Collectors;

/** How a finding came about: {@code trapline.story/1} for programs, an annotated trace for people. */
public final class StoryReport {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String NOTE = "       ";

    private final Run run;
    private final Finding finding;
    private final Policy policy;
    private final Story story;
    private final Rule rule;
    private final TracePlaces places;

    /** {@code policy} is the finding's. */
    public StoryReport(Run run, Finding finding, Policy policy, Story story) {
        this.run = run;
        this.finding = finding;
        this.policy = policy;
        this.story = story;
        rule = Rule.valueOf(finding.rule());
        places = TracePlaces.of(run);
    }

    /** One line a finding: its id, and what was seen. */
    public static String list(List<Finding> findings) {
        TextTable table = new TextTable(List.of(Side.LEFT, Side.LEFT));
        findings.forEach(finding -> table.row(List.of(Lines.safe(finding.id()), Lines.safe(finding.observed()))));
        return table.lines().stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    public String text(boolean colours) {
        Ink ink = new Ink(colours);
        StringBuilder out = new StringBuilder();
        appendHead(ink, out);
        appendKnown(ink, out);
        out.append('\n').append(ink.heading("What happened")).append('\n');
        long before = -1;
        for (int place = 0; place < story.steps().size(); place++) {
            Story.Step step = story.steps().get(place);
            appendLeftOut(before, step.event().getSeq(), out);
            appendMissing(place, ink, out);
            append(step, ink, out);
            before = step.event().getSeq();
        }
        appendMissing(story.steps().size(), ink, out);
        appendVerdict(ink, out);
        return out.toString();
    }

    private void appendHead(Ink ink, StringBuilder out) {
        out.append(ink.alarm(finding.severity()))
                .append("  ")
                .append(policy.id())
                .append(' ');
        out.append(finding.policy().title());
        out.append(finding.isHint() ? " (hint: only probable)" : "").append('\n');
        String times = finding.count() == 1
                ? "once"
                : HumanFigures.count(finding.count()) + " times, events " + finding.first() + " to " + finding.last()
                        + "; this is the first one";
        String moment = places.clock().moment(finding.time());
        out.append(Lines.wrapped(
                "  ",
                places.place(finding.position()) + (moment.isEmpty() ? "" : " at " + moment + " s") + ", VM "
                        + finding.vm() + " vCPU " + finding.vcpu() + " " + finding.level() + ", " + times));
        out.append(Lines.wrapped("  ", policy.description().detects()));
    }

    private void appendKnown(Ink ink, StringBuilder out) {
        out.append('\n')
                .append(ink.heading("What was known before line " + finding.position()))
                .append('\n');
        int names = story.known().stream()
                .mapToInt(known -> known.item().title().length())
                .max()
                .orElse(0);
        int values = story.known().stream()
                .mapToInt(known -> known.value().length())
                .max()
                .orElse(0);
        for (Story.Known known : story.known()) {
            String since = known.since() == null ? "from the beginning" : "since " + places.text(known.since());
            out.append(Lines.cut("  " + padded(known.item().title(), names) + "  " + padded(known.value(), values)
                            + "  " + since))
                    .append('\n');
        }
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private static void appendLeftOut(long before, long seq, StringBuilder out) {
        if (before >= 0 && seq > before + 1) {
            out.append("    ... ")
                    .append(HumanFigures.counted(seq - before - 1, "event"))
                    .append(" in between\n");
        }
    }

    private void append(Story.Step step, Ink ink, StringBuilder out) {
        boolean own = step.event().getSeq() == finding.seq();
        String line = (own ? "  > " : "    ") + places.text(step.event());
        out.append(own ? ink.heading(line) : line).append('\n');
        step.deeds().forEach(deed -> out.append(Lines.wrapped(NOTE, sentence(deed))));
        if (!step.changes().isEmpty()) {
            out.append(Lines.listed(
                    NOTE,
                    step.changes().stream()
                            .map(change -> change.item().title() + ": " + change.before() + " -> " + change.after())
                            .toList()));
        }
    }

    private static String sentence(Deed deed) {
        return (deed.rule() == null ? "" : deed.rule() + ": ") + deed.sentence();
    }

    private void appendMissing(int place, Ink ink, StringBuilder out) {
        if (place == story.missing()) {
            out.append(ink.alarm("  ! missing here, at the latest")).append('\n');
            out.append(Lines.wrapped(NOTE, finding.expected()));
            out.append(Lines.wrapped(NOTE, rule + ": " + rule.sentence()));
        }
    }

    private void appendVerdict(Ink ink, StringBuilder out) {
        out.append('\n').append(ink.heading("Verdict")).append('\n');
        out.append(Lines.wrapped("  expected  ", finding.expected()));
        out.append(Lines.wrapped("  observed  ", finding.observed()));
        out.append(Lines.wrapped("  severity  ", finding.severity()));
        out.append(Lines.wrapped("  rule      ", rule + ": " + rule.sentence()));
        if (finding.policy().caught() != null) {
            out.append(Lines.wrapped("  caught    ", finding.policy().caught()));
        }
        if (finding.policy().fixedIn() != null) {
            out.append(Lines.wrapped("  fixed in  ", finding.policy().fixedIn()));
        }
        out.append("  id        ").append(Lines.safe(finding.id())).append('\n');
    }

    /** Names and their order are a contract. */
    public String json() {
        ObjectNode node = NODES.objectNode()
                .put("schema", "trapline.story/1")
                .put("run", run.getRun())
                .put("finding", finding.id())
                .put("policy", policy.id())
                .put("title", finding.policy().title())
                .put("severity", finding.severity())
                .put("detects", policy.description().detects())
                .put("vm", finding.vm())
                .put("vcpu", finding.vcpu())
                .put("level", finding.level())
                .put("seq", finding.seq())
                .put("source", places.place(finding.position()))
                .put("count", finding.count());
        ArrayNode known = node.putArray("known");
        story.known().forEach(item -> {
            ObjectNode one = known.addObject().put("name", item.item().title()).put("value", item.value());
            one.set("since", places.tree(item.since()));
        });
        ArrayNode steps = node.putArray("steps");
        story.steps().forEach(step -> steps.add(tree(step)));
        node.put("missing_before", missingBefore());
        node.put("expected", finding.expected())
                .put("observed", finding.observed())
                .put("rule", finding.rule())
                .put("sentence", rule.sentence())
                .put("caught", finding.policy().caught())
                .put("fixed_in", finding.policy().fixedIn());
        return JsonReport.print(node);
    }

    /** Number of the step that the missing record should have come before; null where none is missing. */
    private Integer missingBefore() {
        return story.missing() == Story.NOTHING_MISSING ? null : story.missing();
    }

    private ObjectNode tree(Story.Step step) {
        ObjectNode node = places.tree(step.event());
        ArrayNode deeds = node.putArray("deeds");
        for (Deed deed : step.deeds()) {
            deeds.addObject()
                    .put("deed", deed.name())
                    .put("rule", deed.rule() == null ? null : deed.rule().name())
                    .put("sentence", deed.sentence());
        }
        ArrayNode changes = node.putArray("changes");
        for (Story.Change change : step.changes()) {
            changes.addObject()
                    .put("name", change.item().title())
                    .put("before", change.before())
                    .put("after", change.after());
        }
        return node;
    }
}
