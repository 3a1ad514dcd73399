package io.trapline.schemas.event;

/** A cursor over {@link EventColumns}: one event at a time, nothing allocated. */
public final class EventView {
    private EventColumns columns;
    private int row;

    /** Puts the cursor on an event and returns itself. */
    public EventView on(EventColumns newColumns, int newRow) {
        columns = newColumns;
        row = newRow;
        return this;
    }

    public EventColumns columns() {
        return columns;
    }

    public int row() {
        return row;
    }

    public EventKind kind() {
        return columns.kind(row);
    }

    /** Number of the event in its stream. */
    public long seq() {
        return columns.firstSeq() + row;
    }

    /** Time in units of the run's clock. */
    public long time() {
        return columns.time(row);
    }

    public int cpu() {
        return columns.cpu(row);
    }

    /** Bits of {@link EventFlags}. */
    public int flags() {
        return columns.flags(row);
    }

    /** Line number from 1, or byte offset. */
    public long source() {
        return columns.source(row);
    }

    /** A number of the event by its place in {@link EventFields}. */
    public long get(int slot) {
        return columns.get(row, slot);
    }

    public boolean is(int slot) {
        return columns.get(row, slot) != 0;
    }

    public boolean has(int slot) {
        return columns.has(row, slot);
    }

    /** Whether the event is another stream's, and here a copy, which counts in no total. */
    public boolean isCopy() {
        return columns.isCopy(row);
    }

    public String text(int place) {
        return columns.text(row, place);
    }
}
