package io.trapline.streams.cost;

/** The accesses of one kind to one place in the open window. */
public final class AccessCell {
    private final AccessView view;
    private final long key;
    /** The place and direction as text, once somebody has asked for it. */
    private String access;

    final CostStats time = new CostStats();

    AccessCell(AccessView view, long key) {
        this.view = view;
        this.key = key;
    }

    public AccessView view() {
        return view;
    }

    /** The place and direction as a number, for stored state. */
    public long key() {
        return key;
    }

    /** The place and direction as perf spells them. */
    public String access() {
        if (access == null) {
            access = view.text(key);
        }
        return access;
    }

    /** Times of the accesses. */
    public CostStats time() {
        return time;
    }
}
