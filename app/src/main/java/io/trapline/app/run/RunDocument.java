package io.trapline.app.run;

import io.trapline.app.report.CycleCosts;
import io.trapline.app.report.PolicyInfo;
import io.trapline.app.report.SummaryAssembler;
import io.trapline.app.report.SummaryDocument;
import io.trapline.schemas.avro.SummaryRow;
import io.trapline.schemas.event.EventFamily;
import io.trapline.schemas.table.ExitReasons;
import io.trapline.streams.policy.Policies;
import io.trapline.streams.policy.Policy;
import io.trapline.streams.policy.PolicyKind;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The document of a run: its rows, and what is known of the policies that judged it. */
public final class RunDocument {
    private RunDocument() {}

    public static SummaryDocument of(List<SummaryRow> rows) {
        return of(rows, CycleCosts.defaults());
    }

    /** The same, priced by these costs. */
    public static SummaryDocument of(List<SummaryRow> rows, CycleCosts costs) {
        Set<String> isas = rows.stream()
                .map(SummaryRow::getDescription)
                .filter(Objects::nonNull)
                .flatMap(run -> run.getIsa().stream())
                .collect(Collectors.toSet());
        return new SummaryAssembler(
                        Policies.ALL.stream().map(policy -> info(policy, isas)).toList(), costs)
                .assemble(rows);
    }

    /** Of a run on both ISAs, or on none that is known, the policies are those of VMX, which are more, and the others. */
    private static PolicyInfo info(Policy policy, Set<String> isas) {
        int isa = isas.equals(Set.of("SVM")) ? ExitReasons.SVM : ExitReasons.VMX;
        Policy.Description is = policy.description();
        List<String> needs = is.needs().stream().map(EventFamily::title).toList();
        PolicyKind kind = is.kind().on(isa);
        PolicyKind elsewhere = is.kind().on(isa == ExitReasons.SVM ? ExitReasons.VMX : ExitReasons.SVM);
        return new PolicyInfo(
                is.id(),
                is.title(),
                is.severity().name(),
                (kind == null ? elsewhere : kind).title(),
                kind != null || isas.size() != 1,
                needs,
                is.caught(),
                is.fixedIn(),
                policy.input());
    }
}
