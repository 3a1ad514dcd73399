package io.trapline.streams.policy;

/** What a violation means. {@link #TRACE} judges the recording, {@link #PERF} only cost: neither is KVM being wrong. */
public enum Severity {
    /** Guest state is lost. */
    LOST,
    /** The guest sees wrong behaviour. */
    WRONG,
    /** The host or another guest can be affected. */
    SECURITY,
    /** The recording itself is not reliable. */
    TRACE,
    /** It only costs time. */
    PERF
}
