package io.trapline.app.run;

import io.trapline.app.report.PolicyInfo;
import io.trapline.app.report.SummaryAssembler;
import io.trapline.app.report.SummaryDocument;
import io.trapline.schemas.avro.SummaryRow;
import io.trapline.schemas.event.EventFamily;
import io.trapline.streams.policy.Policies;
import io.trapline.streams.policy.Policy;
import java.util.List;

/** The document of a run: its rows, and what is known of the policies that judged it. */
public final class RunDocument {
    private static final SummaryAssembler ASSEMBLER =
            new SummaryAssembler(Policies.ALL.stream().map(RunDocument::info).toList());

    private RunDocument() {}

    public static SummaryDocument of(List<SummaryRow> rows) {
        return ASSEMBLER.assemble(rows);
    }

    private static PolicyInfo info(Policy policy) {
        Policy.Description is = policy.description();
        List<String> needs = is.needs().stream().map(EventFamily::title).toList();
        String fixedIn = null; // none of the policies so far watches behaviour that a kernel has changed
        return new PolicyInfo(
                is.id(), is.title(), is.severity().name(), is.kind().title(), needs, is.caught(), fixedIn);
    }
}
