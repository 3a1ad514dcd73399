package io.trapline.streams.policy;

/** How sure a policy can be. */
public enum PolicyKind {
    /** The recorded events decide. */
    TRACE("trace"),
    /** A violation is only probable. */
    HINT("hint"),
    /** The bits involved are never traced: an assertion for an emulator or for a strategy. */
    MODEL("model");

    private final String title;

    PolicyKind(String title) {
        this.title = title;
    }

    /** As documents spell it. */
    public String title() {
        return title;
    }
}
