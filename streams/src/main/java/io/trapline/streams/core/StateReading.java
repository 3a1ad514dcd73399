package io.trapline.streams.core;

/** The named items of a state as they were at one moment: made to be compared after every event. */
public final class StateReading {
    private static final StateItem[] ITEMS = StateItem.values();

    private final boolean[] known = new boolean[ITEMS.length];
    private final long[] values = new long[ITEMS.length];
    private int isa;

    /** Takes the items of a state. */
    public void read(VcpuState state) {
        isa = state.isa();
        for (int place = 0; place < ITEMS.length; place++) {
            known[place] = ITEMS[place].known(state);
            values[place] = known[place] ? ITEMS[place].value(state) : 0;
        }
    }

    /** Whether the item is the same in both. */
    public boolean agrees(StateItem item, StateReading other) {
        int place = item.ordinal();
        return known[place] == other.known[place] && values[place] == other.values[place];
    }

    public boolean known(StateItem item) {
        return known[item.ordinal()];
    }

    /** The value as a number; 0 where it is not known. */
    public long value(StateItem item) {
        return values[item.ordinal()];
    }

    /** The value for people: {@code unknown} where it is not known. */
    public String text(StateItem item) {
        return known(item) ? item.text(value(item), isa) : "unknown";
    }
}
