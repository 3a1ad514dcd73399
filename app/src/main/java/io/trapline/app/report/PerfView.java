package io.trapline.app.report;

import io.trapline.streams.cost.AccessView;

/** What {@code --event} of {@code perf kvm stat report} chooses. */
public enum PerfView {
    VMEXIT("VM-EXIT", null),
    MMIO("MMIO Access", AccessView.MMIO),
    IOPORT("IO Port Access", AccessView.IOPORT),
    MSR("MSR Access", AccessView.MSR);

    private final String column;
    private final AccessView accesses;

    PerfView(String column, AccessView accesses) {
        this.column = column;
        this.accesses = accesses;
    }

    /** Head of the first column. */
    String column() {
        return column;
    }

    /** The accesses it shows; null where it shows exits. */
    AccessView accesses() {
        return accesses;
    }
}
