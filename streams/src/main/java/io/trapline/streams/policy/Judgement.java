package io.trapline.streams.policy;

/** Takes what a policy says of what it was asked. */
public interface Judgement {
    /** The rule held. */
    void checked();

    /** It was recorded, but the evidence does not suffice. */
    void undecided();

    void violated(Violation violation);
}
