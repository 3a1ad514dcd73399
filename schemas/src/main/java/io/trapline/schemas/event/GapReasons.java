package io.trapline.schemas.event;

/** Reasons of a gap ({@link EventFields.Gap#REASON}) that mean more than that events are missing. */
public final class GapReasons {
    /** Two recordings in one file: what happened between them nobody knows, nor whether the guest is the same. */
    public static final String ANOTHER_RECORDING = "another recording begins";

    private GapReasons() {}
}
