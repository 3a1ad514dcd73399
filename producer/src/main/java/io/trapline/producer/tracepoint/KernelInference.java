package io.trapline.producer.tracepoint;

import io.trapline.producer.RecordingSummary;
import io.trapline.schemas.kernel.KernelRange;
import io.trapline.schemas.kernel.KernelVersion;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the kernels that print all the forms of a recording: what each form allows, intersected. What the recording says
 * of its kernel itself counts more, as a stable tree prints what later kernels print, too.
 */
public final class KernelInference {
    private long marks;
    private KernelVersion newestReason;
    private String newestReasonName;

    /** A bound and what shows it. */
    private record Bound(KernelVersion version, String shownBy) {}

    /** Learns from an event that was read. */
    public void learn(EventDraft draft) {
        marks |= draft.marks();
        KernelVersion since = draft.reasonSince();
        if (since != null && (newestReason == null || since.compareTo(newestReason) > 0)) {
            newestReason = since;
            newestReasonName = draft.reasonName();
        }
    }

    public void learn(FormatMark mark) {
        marks |= mark.bit();
    }

    /** Forgets what the tool that printed the text decides and the kernel does not. */
    public void forget(Iterable<FormatMark> ofTheTool) {
        ofTheTool.forEach(mark -> marks &= ~mark.bit());
    }

    /** What is known at the end; {@code release} is the kernel's name in the recording, or null. */
    public KernelProfile found(String release) {
        Bound lower = lower();
        Bound upper = upper();
        boolean exclude = lower != null && upper != null && lower.version.compareTo(upper.version) > 0;
        KernelVersion named = KernelVersion.of(release);
        if (named != null) {
            return exclude ? named(named, release, disagree(lower, upper)) : named(named, release, lower, upper);
        }
        if (exclude) {
            String rest = ": the rules of every kernel apply";
            return new KernelProfile(KernelRange.ALL, RecordingSummary.FROM_NOTHING, disagree(lower, upper) + rest);
        }
        return new KernelProfile(range(lower, upper), foundBy(lower, upper), null);
    }

    private Bound lower() {
        Bound bound = newestReason == null ? null : new Bound(newestReason, "kvm_exit with reason " + newestReasonName);
        for (FormatMark mark : FormatMark.values()) {
            boolean later = bound == null || mark.from() != null && mark.from().compareTo(bound.version) > 0;
            bound = isLearnt(mark) && mark.from() != null && later ? new Bound(mark.from(), mark.form()) : bound;
        }
        return bound;
    }

    private Bound upper() {
        Bound bound = null;
        for (FormatMark mark : FormatMark.values()) {
            boolean earlier = bound == null || mark.to() != null && mark.to().compareTo(bound.version) < 0;
            bound = isLearnt(mark) && mark.to() != null && earlier ? new Bound(mark.to(), mark.form()) : bound;
        }
        return bound;
    }

    private boolean isLearnt(FormatMark mark) {
        return (marks & mark.bit()) != 0;
    }

    private static KernelRange range(Bound lower, Bound upper) {
        return new KernelRange(lower == null ? null : lower.version, upper == null ? null : upper.version);
    }

    private static String disagree(Bound lower, Bound upper) {
        return "no kernel prints both " + lower.shownBy + " (" + lower.version + " or later) and " + upper.shownBy
                + " (" + upper.version + " or earlier)";
    }

    private static KernelProfile named(KernelVersion named, String release, String doubt) {
        return new KernelProfile(new KernelRange(named, named), foundBy(release), doubt);
    }

    /** A tree that prints what its name forbids carries code of others: any of the kernels between may be what it does. */
    private static KernelProfile named(KernelVersion named, String release, Bound lower, Bound upper) {
        KernelRange itself = new KernelRange(named, named);
        KernelRange forms = range(lower, upper);
        if (forms.holdsAll(itself)) {
            return named(named, release, null);
        }
        boolean older = lower != null && named.compareTo(lower.version) < 0;
        Bound against = older ? lower : upper;
        KernelRange between = itself.hull(new KernelRange(against.version, against.version));
        return new KernelProfile(
                between,
                foundBy(release) + ", and " + against.shownBy,
                "the recording names kernel " + release + ", but " + against.shownBy + " is of " + against.version
                        + (older ? " or later" : " or earlier") + ": the rules of " + between + " apply");
    }

    private static String foundBy(String release) {
        return RecordingSummary.FROM_RECORDING + ": it names " + release;
    }

    private static String foundBy(Bound lower, Bound upper) {
        List<String> bounds = new ArrayList<>();
        if (lower != null) {
            bounds.add("from " + lower.version + " (" + lower.shownBy + ")");
        }
        if (upper != null) {
            bounds.add("up to " + upper.version + " (" + upper.shownBy + ")");
        }
        return bounds.isEmpty()
                ? RecordingSummary.FROM_NOTHING
                : RecordingSummary.FROM_FORMATS + ": " + String.join(", ", bounds);
    }
}
