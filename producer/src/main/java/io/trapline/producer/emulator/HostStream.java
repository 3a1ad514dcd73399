package io.trapline.producer.emulator;

import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventFields;
import io.trapline.schemas.event.EventKind;

/** What the importer puts on a physical CPU's own stream: accesses to XFD and XFD_ERR by whatever thread, in their order. */
final class HostStream {
    private final StreamColumns stream;
    private final PhysicalCpu cpu;

    HostStream(StreamColumns stream, PhysicalCpu cpu) {
        this.stream = stream;
        this.cpu = cpu;
    }

    /** A copy of an access by a vCPU's thread; copies name the thread and count in no total. */
    void copy(boolean write, long index, long value, int flags, int thread) {
        access(write, index, value, flags).set(EventFields.HostMsrAccess.THREAD, thread);
    }

    /** An access by a thread that runs no guest. */
    EventColumns access(boolean write, long index, long value, int flags) {
        EventColumns columns = stream.append(EventKind.HOST_MSR_ACCESS, cpu, flags);
        columns.set(EventFields.HostMsrAccess.WRITE, write);
        columns.set(EventFields.HostMsrAccess.INDEX, index);
        columns.set(EventFields.HostMsrAccess.VALUE, value);
        return columns;
    }

    StreamColumns columns() {
        return stream;
    }
}
