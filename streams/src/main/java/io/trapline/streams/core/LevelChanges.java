package io.trapline.streams.core;

import io.trapline.schemas.event.EventFields.NestedEntry;
import io.trapline.schemas.event.EventFields.NestedExitReflected;
import io.trapline.schemas.event.EventView;

/** What the nested records of a turn say of its levels: who exited, what L1 was given, where L2 was to begin. */
public final class LevelChanges {
    /** The level that exited, by the first nested record. */
    Level exited = Level.UNKNOWN;
    /** A record of the turn set the level. */
    boolean recorded;
    /** Behind the last such record the level may have changed silently (R29). */
    boolean silent;

    /** Of the first exit that was reflected. */
    long reflectedReason;

    long reflectedInfo;

    long nestedRip;

    /** A nested record that only this level's exit can have left, if it is the first and nobody else had the vCPU. */
    void record(Level of) {
        if (!recorded && !silent) {
            exited = of;
        }
        recorded = true;
        silent = false;
    }

    void reflected(EventView event, boolean first) {
        if (first) {
            reflectedReason = event.get(NestedExitReflected.EXIT_REASON);
            reflectedInfo = event.get(NestedExitReflected.INT_INFO);
        }
    }

    void entered(EventView event) {
        nestedRip = event.get(NestedEntry.NESTED_RIP);
    }

    void begin() {
        exited = Level.UNKNOWN;
        recorded = false;
        silent = false;
        reflectedReason = 0;
        reflectedInfo = 0;
        nestedRip = 0;
    }

    void each(Items items) {
        exited = Level.of(items.next(exited.ordinal()));
        recorded = items.next(recorded);
        silent = items.next(silent);
        reflectedReason = items.next(reflectedReason);
        reflectedInfo = items.next(reflectedInfo);
        nestedRip = items.next(nestedRip);
    }
}
