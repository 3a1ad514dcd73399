package io.trapline.app.diff;

import io.trapline.app.report.JsonReport;
import java.util.List;

/** A comparison with its gates, and how it is written. */
public final class DiffReport {
    private final Comparison comparison;
    private final List<GateResult> gates;

    public DiffReport(Comparison comparison, List<Gate> gates) {
        this.comparison = comparison;
        this.gates = gates.stream()
                .map(gate -> new GateResult(gate.text(), gate.failures(comparison)))
                .toList();
    }

    /** Whether a gate does not hold. */
    public boolean fails() {
        return gates.stream().anyMatch(GateResult::fails);
    }

    /** The report in this form; only text knows colours. */
    public String write(DiffFormat format, boolean colours) {
        return switch (format) {
            case TEXT -> new DiffText(comparison, gates, colours).write();
            case JSON -> JsonReport.print(DiffTree.of(comparison, gates));
            case JUNIT -> DiffJunit.write(comparison, gates);
        };
    }
}
