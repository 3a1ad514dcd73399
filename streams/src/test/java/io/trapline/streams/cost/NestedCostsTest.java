package io.trapline.streams.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.schemas.avro.NestedCostRow;
import io.trapline.schemas.avro.NestedExits;
import io.trapline.schemas.avro.SummaryRow;
import io.trapline.streams.RunOf;
import io.trapline.streams.TraceScript;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class NestedCostsTest {
    private static final long CPUID = 10;
    private static final long VMREAD = 23;
    private static final long VMRESUME = 24;

    private static List<NestedCostRow> rows(TraceScript script) {
        return RunOf.script(script).rows().stream()
                .map(SummaryRow::getNested)
                .filter(Objects::nonNull)
                .toList();
    }

    /** A CPUID of L2 that L1 gets: a microsecond for each record. */
    private static TraceScript reflected(TraceScript script) {
        return script.exit("CPUID").nexit("CPUID").nreflect("CPUID").entry();
    }

    private static TraceScript inL2() {
        return new TraceScript().entry().exit("VMRESUME").nenter().entry();
    }

    @Test
    void anInstructionLastsToTheNextEntryIntoL2AndHasTheExitsInBetween() {
        List<NestedCostRow> rows = rows(reflected(inL2())
                .exit("VMREAD")
                .entry()
                .exit("VMREAD")
                .entry()
                .exit("VMRESUME")
                .nenter()
                .entry());

        assertThat(rows).hasSize(1);
        NestedCostRow row = rows.get(0);
        assertThat(row.getReason()).isEqualTo(CPUID);
        assertThat(row.getDetail()).isEqualTo("nested CPUID");
        assertThat(row.getTime().getSamples()).isEqualTo(1);
        assertThat(row.getTime().getSum()).isEqualTo(10_000);
        assertThat(row.getHostTime()).isEqualTo(3_000 + 1_000 + 1_000 + 2_000);
        assertThat(row.getCaused())
                .containsExactly(
                        new NestedExits("L1", VMREAD, "", 2L, 2_000L), new NestedExits("L1", VMRESUME, "", 1L, 2_000L));
    }

    @Test
    void whatL0HandlesItselfIsNoneOfThem() {
        assertThat(rows(inL2().exit("CPUID").nexit("CPUID").cpuid().entry())).isEmpty();
    }

    @Test
    void whatIsCutOffIsLeftOut() {
        assertThat(rows(reflected(inL2())
                        .exit("VMREAD")
                        .gap()
                        .entry()
                        .exit("VMRESUME")
                        .nenter()
                        .entry()))
                .isEmpty();
        assertThat(rows(reflected(inL2()).exit("VMREAD"))).isEmpty();
        assertThat(rows(reflected(inL2())
                        .exit("VMREAD")
                        .exit("VMREAD")
                        .entry()
                        .exit("VMRESUME")
                        .nenter()
                        .entry()))
                .isEmpty();
    }

    @Test
    void aGuestThatIsGivenUpEndsNoInstruction() {
        assertThat(rows(reflected(inL2())
                        .exit("VMOFF")
                        .entry()
                        .exit("VMLAUNCH")
                        .nenter()
                        .entry()))
                .isEmpty();
    }

    @Test
    void windowsAddUp() {
        TraceScript script = inL2();
        for (int i = 0; i < 5; i++) {
            reflected(script).after(400_000_000).exit("VMRESUME").nenter().entry();
        }
        List<NestedCostRow> rows = rows(script);

        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).getTime().getSamples()).isEqualTo(5);
        assertThat(rows.get(0).getCaused()).containsExactly(new NestedExits("L1", VMRESUME, "", 5L, 10_000L));
    }
}
