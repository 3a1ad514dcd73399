package io.trapline.streams.policy;

import io.trapline.schemas.table.ExitReasons;

/** How sure a policy can be. */
public enum PolicyKind {
    /** The recorded events decide. */
    TRACE("trace"),
    /** A violation is only probable. */
    HINT("hint"),
    /** The bits involved are never traced: an assertion for an emulator or for a strategy. */
    MODEL("model");

    /** Kinds of a policy on the two ISAs; null where it has nothing to judge there. */
    public record OnIsa(PolicyKind vmx, PolicyKind svm) {
        /** What it speaks of exists on Intel only: no AMD CPU offers IA32_XFD to KVM (R3). */
        public static OnIsa vmxOnly(PolicyKind kind) {
            return new OnIsa(kind, null);
        }

        public static OnIsa both(PolicyKind kind) {
            return new OnIsa(kind, kind);
        }

        /** The kind on this ISA ({@link ExitReasons}), null where there is nothing to judge. */
        public PolicyKind on(int isa) {
            return isa == ExitReasons.SVM ? svm : vmx;
        }
    }

    private final String title;

    PolicyKind(String title) {
        this.title = title;
    }

    /** As documents spell it. */
    public String title() {
        return title;
    }
}
