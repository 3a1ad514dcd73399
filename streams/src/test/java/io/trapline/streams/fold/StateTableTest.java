package io.trapline.streams.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventKind;
import io.trapline.streams.RandomTrace;
import io.trapline.streams.Rows;
import io.trapline.streams.TraceScript;
import io.trapline.streams.core.StateItem;
import io.trapline.streams.core.StateReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The README's table of the state machine is what the replay does: for each kind of event the items of a vCPU that it changed
 * in some hundred thousand random ones. {@code -Dsnap.update=true} rewrites it.
 */
class StateTableTest {
    private static final Path README = Path.of("README.md");
    private static final String BEGIN = "<!-- state table: written by StateTableTest -->\n";
    private static final String END = "<!-- end of the state table -->\n";
    private static final int SEEDS = 1_000;

    private static final List<StateItem> ITEMS = Arrays.stream(StateItem.values())
            .filter(item -> item.group() == StateItem.Group.VCPU)
            .toList();

    @Test
    void theTableIsWhatTheReplayDoes() throws IOException {
        String text = Files.readString(README);
        int from = text.indexOf(BEGIN) + BEGIN.length();
        int to = text.indexOf(END);
        String table = table(observed());
        if (Boolean.getBoolean("snap.update")) {
            Files.writeString(README, text.substring(0, from) + table + text.substring(to));
        } else {
            assertThat(text.substring(from, to)).isEqualTo(table);
        }
    }

    private static String table(Map<EventKind, Set<StateItem>> changes) {
        StringBuilder table = new StringBuilder("| event | items that it may change |\n|---|---|\n");
        changes.forEach((kind, items) -> table.append("| `")
                .append(kind)
                .append("` | ")
                .append(items.stream().map(StateItem::title).collect(Collectors.joining(", ")))
                .append(" |\n"));
        return table.toString();
    }

    private static Map<EventKind, Set<StateItem>> observed() {
        Map<EventKind, Set<StateItem>> changes = new EnumMap<>(EventKind.class);
        for (long seed = 0; seed < SEEDS; seed++) {
            observe(RandomTrace.of(seed), changes);
        }
        observe(lossInL2(), changes);
        return changes;
    }

    /** Chance does not often know as much as a gap can take away. */
    private static EventColumns lossInL2() {
        return new TraceScript()
                .fpu(true)
                .armed()
                .soundFault()
                .exit("VMRESUME")
                .nenter(0x1000, 0x20)
                .entryAt(0x20)
                .gap()
                .events();
    }

    private static void observe(EventColumns events, Map<EventKind, Set<StateItem>> changes) {
        StreamFold fold = new StreamFold("live", events.stream());
        Rows rows = new Rows();
        StateReading before = new StateReading();
        StateReading after = new StateReading();
        before.read(fold.state());
        for (int row = 0; row < events.count(); row++) {
            fold.fold(events, row + 1, rows);
            after.read(fold.state());
            for (StateItem item : ITEMS) {
                if (!before.agrees(item, after)) {
                    changes.computeIfAbsent(events.kind(row), kind -> EnumSet.noneOf(StateItem.class))
                            .add(item);
                }
            }
            StateReading spare = before;
            before = after;
            after = spare;
        }
    }
}
