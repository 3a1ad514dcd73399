package io.trapline.streams.policy;

/** When a policy is asked. */
public enum Occasion {
    /** A turn has got its entry. */
    TURN_ENDED,
    /** A turn will not get its entry: only its irqoff window may be judged. */
    TURN_BROKEN,
    /** As {@link #TURN_ENDED}, of a #NM exit. */
    NM_TURN_ENDED,
    /** As {@link #TURN_BROKEN}, of a #NM exit. */
    NM_TURN_BROKEN,
    /** Entry and exit alternate as they should. */
    PAIRED,
    ENTRY_AFTER_ENTRY,
    EXIT_AFTER_EXIT
}
