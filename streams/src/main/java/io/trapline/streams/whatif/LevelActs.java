package io.trapline.streams.whatif;

import io.trapline.schemas.avro.WhatIfLevel;
import io.trapline.streams.core.Items;
import io.trapline.streams.core.Level;
import java.util.ArrayList;
import java.util.List;

/** The acts of one vCPU, by level. */
final class LevelActs {
    private static final Level[] LEVELS = Level.values();

    private final ActCounts[] levels = new ActCounts[LEVELS.length];

    LevelActs() {
        for (int level = 0; level < levels.length; level++) {
            levels[level] = new ActCounts();
        }
    }

    void add(Level level, int act) {
        levels[level.ordinal()].add(act);
    }

    void clearBit(int bit) {
        for (ActCounts level : levels) {
            level.clearBit(bit);
        }
    }

    LevelActs copy() {
        LevelActs copy = new LevelActs();
        for (int level = 0; level < levels.length; level++) {
            copy.levels[level] = levels[level].copy();
        }
        return copy;
    }

    void each(Items items) {
        for (ActCounts level : levels) {
            level.each(items);
        }
    }

    /** Levels at which anything happened. */
    List<WhatIfLevel> toRow() {
        List<WhatIfLevel> row = new ArrayList<>();
        for (Level level : LEVELS) {
            ActCounts acts = levels[level.ordinal()];
            if (!acts.isEmpty()) {
                row.add(new WhatIfLevel(level.title(), acts.toRow()));
            }
        }
        return row;
    }
}
