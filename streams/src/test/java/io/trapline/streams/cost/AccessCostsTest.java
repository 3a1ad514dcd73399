package io.trapline.streams.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.schemas.avro.AccessCostRow;
import io.trapline.streams.Rows;
import io.trapline.streams.TraceScript;
import io.trapline.streams.fold.StreamFold;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each event of a script is a microsecond after the one before. */
class AccessCostsTest {
    private static List<String> accesses(TraceScript script) {
        Rows rows = new Rows();
        StreamFold fold = new StreamFold("live", script.events().stream());
        fold.fold(script.events(), rows);
        fold.endNow(rows);
        return rows.of(AccessCostRow.class).stream()
                .map(row -> row.getView() + " " + row.getAccess() + " "
                        + row.getTime().getSamples() + " x " + row.getTime().getSum())
                .toList();
    }

    private static TraceScript script() {
        return new TraceScript().entry();
    }

    @Test
    void aReadOfDeviceMemoryEndsWithItsRecordAndAWriteBeginsThere() {
        assertThat(accesses(script().exit("EPT_MISCONFIG").mmio(1, 0xfee00300L).entry()))
                .containsExactly("mmio 0xfee00300:R 1 x 1000");
        assertThat(accesses(script().exit("EPT_MISCONFIG")
                        .cpuid()
                        .mmio(2, 0xfee000b0L)
                        .entry()))
                .containsExactly("mmio 0xfee000b0:W 1 x 1000");
    }

    /** The exit is behind the first of two reads; a write that a read follows takes the read's time. */
    @Test
    void severalAccessesInOneExitAreCountedAsPerfCountsThem() {
        assertThat(accesses(script().exit("EPT_MISCONFIG")
                        .mmio(1, 0x1000)
                        .mmio(1, 0x2000)
                        .entry()))
                .containsExactly("mmio 0x1000:R 1 x 1000");
        assertThat(accesses(script().exit("EPT_MISCONFIG")
                        .mmio(2, 0x1000)
                        .mmio(1, 0x2000)
                        .entry()))
                .containsExactly("mmio 0x1000:W 1 x 1000");
        assertThat(accesses(script().exit("MSR_WRITE").g(0x10, 1).g(0x1a0, 2).entry()))
                .containsExactly("msr 0x1a0:W 1 x 1000");
    }

    @Test
    void aReadThatIsNotSatisfiedYetIsNone() {
        assertThat(accesses(script().exit("EPT_MISCONFIG").mmio(0, 0x1000).entry()))
                .isEmpty();
    }

    @Test
    void portsAndMsrsAreTimedFromTheirRecord() {
        assertThat(accesses(
                        script().exit("IO_INSTRUCTION").pio(0x3f8, true).cpuid().entry()))
                .containsExactly("ioport 0x3f8:POUT 1 x 2000");
        assertThat(accesses(script().exit("MSR_READ").gRead(0x1c4, 0).entry())).containsExactly("msr 0x1c4:R 1 x 1000");
    }

    @Test
    void whatIsUnderWayAtAGapHasNoEnd() {
        assertThat(accesses(
                        script().exit("IO_INSTRUCTION").pio(0x3f8, true).gap().entry()))
                .isEmpty();
    }

    @Test
    void beforeTheFirstEntryNothingCountsButTheExitThatPerfLeavesOut() {
        assertThat(accesses(new TraceScript()
                        .exit("IO_INSTRUCTION")
                        .pio(0x3f8, true)
                        .entry()
                        .exit("CPUID")
                        .entry()))
                .containsExactly("first-exit IO_INSTRUCTION 1 x 2000");
    }

    @Test
    void placesBehindTheLimitAreCountedTogether() {
        TraceScript script = script();
        for (int port = 0; port < AccessTable.PLACES_MAX + 10; port++) {
            script.exit("IO_INSTRUCTION").pio(port, false).entry();
        }
        List<String> accesses = accesses(script);

        assertThat(accesses).hasSize(AccessTable.PLACES_MAX + 1).contains("ioport 0xff:PIN 1 x 1000");
        assertThat(accesses.get(AccessTable.PLACES_MAX)).isEqualTo("ioport other 10 x 10000");
    }
}
