package io.trapline.app.diff;

import java.util.List;

/** A gate, and where the comparison goes too far for it: a sentence each, none where it holds. */
record GateResult(String gate, List<String> failures) {
    GateResult {
        failures = List.copyOf(failures);
    }

    boolean fails() {
        return !failures.isEmpty();
    }
}
