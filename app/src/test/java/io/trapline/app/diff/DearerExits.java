package io.trapline.app.diff;

import io.trapline.producer.EventSink;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventFields.VmExit;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.EventView;
import io.trapline.schemas.event.StreamKey;
import io.trapline.schemas.table.ExitReasons;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** The same events, but exits for some reasons take longer by a fraction: all that follows on the vCPU is later. */
final class DearerExits implements EventSink {
    private final Predicate<String> dear;
    private final double more;
    private final EventSink sink;
    private final Map<StreamKey, Clock> clocks = new HashMap<>();
    private final EventView view = new EventView();

    private static final class Clock {
        private long later;
        private long dearSince = -1;
    }

    DearerExits(Predicate<String> dear, double more, EventSink sink) {
        this.dear = dear;
        this.more = more;
        this.sink = sink;
    }

    @Override
    public void accept(EventColumns chunk) {
        Clock clock = clocks.computeIfAbsent(chunk.stream(), stream -> new Clock());
        EventColumns later = new EventColumns();
        later.reset(chunk.stream(), chunk.clockHz(), chunk.firstSeq());
        for (int row = 0; row < chunk.count(); row++) {
            view.on(chunk, row);
            if (view.kind() == EventKind.VM_EXIT) {
                String name = ExitReasons.name((int) view.get(VmExit.ISA), view.get(VmExit.EXIT_REASON));
                clock.dearSince = dear.test(name) ? view.time() : -1;
            } else if (view.kind() == EventKind.VM_ENTRY && clock.dearSince >= 0) {
                clock.later += Math.round((view.time() - clock.dearSince) * more);
                clock.dearSince = -1;
            }
            later.append(
                    chunk.kind(row),
                    chunk.code(row),
                    chunk.time(row) + clock.later,
                    chunk.cpu(row),
                    chunk.flags(row),
                    chunk.source(row));
            copy(chunk, row, later);
        }
        sink.accept(later);
    }

    private static void copy(EventColumns from, int row, EventColumns to) {
        for (int slot = 0; slot < EventColumns.SLOTS; slot++) {
            if (from.has(row, slot)) {
                to.set(slot, from.get(row, slot));
            }
        }
        for (int place = 0; place < EventColumns.TEXTS; place++) {
            if (from.text(row, place) != null) {
                to.setText(place, from.text(row, place));
            }
        }
    }
}
