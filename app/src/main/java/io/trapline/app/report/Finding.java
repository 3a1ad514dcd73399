package io.trapline.app.report;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One violation with its evidence. {@code severity} is what it was when it was found; the place is that of its first
 * occurrence, {@code first} and {@code last} are numbers of events.
 */
public record Finding(
        String id,
        PolicyInfo policy,
        String severity,
        String vm,
        int vcpu,
        String level,
        long seq,
        long time,
        long position,
        long count,
        long first,
        long last,
        String expected,
        String observed,
        String rule,
        List<Evidence> evidence,
        SortedMap<String, String> stateBefore,
        SortedMap<String, String> stateAfter) {

    static final Comparator<Finding> ORDER = Comparator.comparing(Finding::vm)
            .thenComparingInt(Finding::vcpu)
            .thenComparingLong(Finding::seq)
            .thenComparing(finding -> finding.policy.id())
            .thenComparing(Finding::id);

    private static final String HINT = "hint";
    private static final String RECORDING = "TRACE";

    public Finding {
        evidence = List.copyOf(evidence);
        stateBefore = sorted(stateBefore);
        stateAfter = sorted(stateAfter);
    }

    private static SortedMap<String, String> sorted(Map<String, String> state) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(state));
    }

    /** Whether it is only probable. */
    public boolean isHint() {
        return policy.kind().equals(HINT);
    }

    /** Reason of the exit that it is of, or that came last before its event; null where none was recorded. */
    String exitReason() {
        String reason = null;
        for (Evidence line : evidence) {
            if (line.seq() <= seq && line.exitReason() != null) {
                reason = line.exitReason();
            }
        }
        return reason;
    }

    /** Whether it judges the recording, not KVM. */
    public boolean isOfRecording() {
        return severity.equals(RECORDING);
    }
}
