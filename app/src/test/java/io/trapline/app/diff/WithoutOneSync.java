package io.trapline.app.diff;

import io.trapline.producer.EventSink;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventFields.HostMsrAccess;
import io.trapline.schemas.event.EventFields.OtherEvent;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.EventView;
import io.trapline.schemas.table.Msrs;

/** The same events, but one read of IA32_XFD by the host, of so many, is another event that says nothing. */
final class WithoutOneSync implements EventSink {
    private final long number;
    private final EventSink sink;
    private final EventView view = new EventView();
    private long seen;

    WithoutOneSync(long number, EventSink sink) {
        this.number = number;
        this.sink = sink;
    }

    @Override
    public void accept(EventColumns chunk) {
        EventColumns changed = new EventColumns();
        changed.reset(chunk.stream(), chunk.clockHz(), chunk.firstSeq());
        for (int row = 0; row < chunk.count(); row++) {
            if (isSync(view.on(chunk, row)) && ++seen == number) {
                changed.append(
                        EventKind.OTHER_EVENT, chunk.time(row), chunk.cpu(row), chunk.flags(row), chunk.source(row));
                changed.setText(OtherEvent.NAME, "kvm_vcpu_wakeup_none");
            } else {
                changed.appendFrom(chunk, row);
            }
        }
        sink.accept(changed);
    }

    private static boolean isSync(EventView event) {
        return event.kind() == EventKind.HOST_MSR_ACCESS
                && !event.is(HostMsrAccess.WRITE)
                && event.get(HostMsrAccess.INDEX) == Msrs.IA32_XFD;
    }
}
