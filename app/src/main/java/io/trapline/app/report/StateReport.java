package io.trapline.app.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trapline.app.report.TextTable.Side;
import io.trapline.schemas.avro.EvidenceLine;
import io.trapline.schemas.avro.Run;
import io.trapline.schemas.event.StreamKey;
import io.trapline.streams.core.NotObservable;
import io.trapline.streams.core.StateItem;
import io.trapline.streams.core.StateItem.Group;
import io.trapline.streams.retrace.StateAt;
import io.trapline.streams.retrace.UnseenItem;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was known of a vCPU at a moment: {@code trapline.state/1} for programs, tables for people. */
public final class StateReport {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Run run;
    private final StreamKey stream;
    private final StateAt.Found found;
    private final TracePlaces places;

    /** {@code run} is the one that the stream is of. */
    public StateReport(Run run, StreamKey stream, StateAt.Found found) {
        this.run = run;
        this.stream = stream;
        this.found = found;
        places = TracePlaces.of(run);
    }

    public String text() {
        StringBuilder out = new StringBuilder();
        out.append(Lines.safe(places.source())).append(": VM ").append(Lines.safe(stream.vm()));
        out.append(" vCPU ").append(stream.vcpu()).append(", ").append(when()).append('\n');
        appendEvent("last event  ", found.last(), out);
        appendEvent("next event  ", found.next(), out);
        table("\nState\n", items(Group.VCPU), out);
        if (found.items().known(StateItem.HYPERVISOR_GUEST)) {
            table("\nThe guest that L1 runs\n", items(Group.L2), out);
        }
        if (found.items().value(StateItem.TURN) != 0) {
            out.append("\nThe turn that is open\n  since ")
                    .append(places.text(found.since().get(StateItem.EXIT_SEQ)))
                    .append('\n');
            table("", items(Group.TURN), out);
        } else {
            out.append("\nNo turn is open: no exit waits for its entry.\n");
        }
        appendRecording(out);
        appendUnseen(out);
        return out.toString();
    }

    private String when() {
        if (found.last() == null) {
            return found.next() == null ? "which has no events" : "before its first event: nothing is known yet";
        }
        return "after event " + found.last().getSeq() + (found.next() == null ? ", its last one" : "");
    }

    private void appendEvent(String label, EvidenceLine line, StringBuilder out) {
        if (line != null) {
            out.append("  ").append(label).append(places.text(line)).append('\n');
        }
    }

    private static List<StateItem> items(Group group) {
        return Arrays.stream(StateItem.values())
                .filter(item -> item.group() == group)
                .toList();
    }

    private void table(String heading, List<StateItem> items, StringBuilder out) {
        TextTable table = new TextTable(List.of(Side.LEFT, Side.LEFT, Side.LEFT));
        items.forEach(item -> table.row(List.of(item.title(), found.items().text(item), since(item))));
        out.append(heading);
        table.lines().forEach(line -> out.append(Lines.cut("  " + line)).append('\n'));
    }

    /** Of a turn's items, only those that the exit itself did not set. */
    private String since(StateItem item) {
        EvidenceLine line = found.since().get(item);
        if (line == null) {
            return "from the beginning";
        }
        boolean byExit =
                item.group() == Group.TURN && line.getSeq() == found.items().value(StateItem.EXIT_SEQ);
        return byExit ? "" : "since " + places.text(line);
    }

    private void appendRecording(StringBuilder out) {
        out.append("\nThe recording so far\n");
        List<StateItem> items = items(Group.RECORDING);
        items.forEach(item -> out.append(Lines.wrapped(
                label(item.title(), titleWidth(items)), found.items().text(item))));
    }

    private static int titleWidth(List<StateItem> items) {
        return items.stream().mapToInt(item -> item.title().length()).max().orElse(0);
    }

    private static String label(String title, int width) {
        return "  " + title + " ".repeat(width - title.length() + 2);
    }

    private void appendUnseen(StringBuilder out) {
        out.append("\nNever seen\n");
        int width = UnseenItem.ALL.stream()
                .mapToInt(item -> item.title().length())
                .max()
                .orElse(0);
        for (UnseenItem item : UnseenItem.ALL) {
            String assumed = item.assumed().stream()
                    .map(each -> each.assumed() + " (" + each.rule() + ")")
                    .collect(Collectors.joining("; "));
            String onceNowi = found.items().known(StateItem.NOWI) && item.onceNowi() != null
                    ? "; as nowi is set, " + item.onceNowi()
                    : "";
            out.append(Lines.wrapped(
                    label(item.title(), width),
                    item.why() + (assumed.isEmpty() ? "" : "; assumed: " + assumed) + onceNowi));
        }
    }

    /** Names and their order are a contract. */
    public String json() {
        ObjectNode node = NODES.objectNode()
                .put("schema", "trapline.state/1")
                .put("run", run.getRun())
                .put("source", places.source())
                .put("vm", stream.vm())
                .put("vcpu", stream.vcpu());
        node.set("last", places.tree(found.last()));
        node.set("next", places.tree(found.next()));
        ArrayNode items = node.putArray("items");
        Stream.of(StateItem.values())
                .filter(item -> item.group() != Group.PLACE)
                .forEach(item -> items.add(tree(item)));
        ArrayNode unseen = node.putArray("unseen");
        UnseenItem.ALL.forEach(item -> unseen.add(tree(item)));
        return JsonReport.print(node);
    }

    private ObjectNode tree(StateItem item) {
        boolean known = found.items().known(item);
        ObjectNode node = NODES.objectNode()
                .put("name", item.title())
                .put("of", item.group().name().toLowerCase(Locale.ROOT))
                .put("value", known ? found.items().text(item) : null);
        node.set("since", places.tree(found.since().get(item)));
        return node;
    }

    private static ObjectNode tree(UnseenItem item) {
        ObjectNode node = NODES.objectNode()
                .put("name", item.title())
                .put("why", item.why())
                .put("once_nowi", item.onceNowi());
        ArrayNode assumed = node.putArray("assumed");
        for (NotObservable each : item.assumed()) {
            assumed.addObject()
                    .put("rule", each.rule())
                    .put("assumed", each.assumed())
                    .put("affects", each.affects());
        }
        return node;
    }
}
