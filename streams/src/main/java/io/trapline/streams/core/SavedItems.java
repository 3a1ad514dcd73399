package io.trapline.streams.core;

import java.util.ArrayList;
import java.util.List;

/** Items as numbers, written in one walk and read back in another. */
public final class SavedItems implements Items {
    private final List<Long> values;

    /** For saving. */
    public SavedItems() {
        this(new ArrayList<>());
    }

    private SavedItems(List<Long> values) {
        this.values = values;
    }

    @Override
    public long next(long value) {
        values.add(value);
        return value;
    }

    /** The numbers saved so far. */
    public List<Long> values() {
        return values;
    }

    /** A walk that restores what this one saved. */
    public Items reader() {
        return reader(values);
    }

    /** A walk that restores saved numbers; asking for more than there are is a bug. */
    public static Items reader(List<Long> saved) {
        return new Items() {
            private int at;

            @Override
            public long next(long value) {
                return saved.get(at++);
            }
        };
    }
}
