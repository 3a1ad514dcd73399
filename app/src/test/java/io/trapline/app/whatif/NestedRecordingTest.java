package io.trapline.app.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.app.report.CycleCosts;
import io.trapline.app.report.WhatIfReport;
import io.trapline.app.run.LoopAnalysis;
import io.trapline.app.run.PricedRun;
import io.trapline.app.run.RecordingFile;
import io.trapline.app.run.RunDocument;
import io.trapline.schemas.avro.SummaryRow;
import io.trapline.schemas.avro.WhatIfRow;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventFields.HostMsrAccess;
import io.trapline.schemas.event.EventFlags;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.EventView;
import io.trapline.schemas.table.Msrs;
import io.trapline.streams.whatif.Strategy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The strategies over the recordings of real kernels. */
class NestedRecordingTest {
    private static final Path RECORDINGS = Path.of("../producer/src/test/resources/recordings/bochs-amx");
    private static final Path Q3 = RECORDINGS.resolve("linux-guest-linux-6.1/q3-nested-l2-xfd.txt.gz");
    private static final Path GOLDEN = Path.of("src/test/resources/whatif/q3-nested-l2-xfd.txt");

    private static List<SummaryRow> rows(Path file) throws Exception {
        return new LoopAnalysis("live").of(RecordingFile.at(file.toString(), 0)).rows();
    }

    @Test
    void whatTheFlagCostsANestedGuest() throws Exception {
        List<SummaryRow> rows = rows(Q3);
        List<Strategy> strategies = Stream.of("S1/T1/I1", "S2/T1/I1", "S1/T4/I1", "S1/T7/I4")
                .map(Strategy::parse)
                .toList();

        String text =
                WhatIfReport.text(RunDocument.of(rows), PricedRun.of(rows, strategies, CycleCosts.defaults()), false);

        if (Boolean.getBoolean("snap.update")) {
            Files.createDirectories(GOLDEN.getParent());
            Files.writeString(GOLDEN, text);
        }
        assertThat(text).isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    void theKernelAsItIsSyncsWhereItIsSaidTo() throws Exception {
        try (Stream<Path> files = Files.walk(RECORDINGS)) {
            for (Path file : files.filter(each -> each.toString().contains(".txt"))
                    .sorted()
                    .toList()) {
                WhatIfRow merged = merged(rows(file));

                assertThat(merged.getSyncsHi()).as("%s", file).isGreaterThanOrEqualTo(recordedSyncs(file));
                assertThat(merged.getSyncs()).as("%s", file).isEqualTo(recordedSyncs(file));
            }
        }
    }

    private static WhatIfRow merged(List<SummaryRow> rows) {
        return rows.stream()
                .map(SummaryRow::getWhatIf)
                .filter(Objects::nonNull)
                .filter(row -> row.getStrategy().equals(Strategy.MERGED.toString())
                        && row.getVm().isEmpty()
                        && row.getLevel().isEmpty())
                .findFirst()
                .orElseThrow();
    }

    /** Reads of IA32_XFD with IRQs off, on a vCPU's thread. */
    private static long recordedSyncs(Path file) throws Exception {
        long[] syncs = {0};
        EventView view = new EventView();
        RecordingFile.at(file.toString(), 0).read(1024, chunk -> syncs[0] += syncs(chunk, view));
        return syncs[0];
    }

    private static long syncs(EventColumns chunk, EventView view) {
        long found = 0;
        for (int row = 0; row < chunk.count() && !chunk.stream().isHost(); row++) {
            view.on(chunk, row);
            boolean readsXfd = view.kind() == EventKind.HOST_MSR_ACCESS
                    && view.get(HostMsrAccess.INDEX) == Msrs.IA32_XFD
                    && !view.is(HostMsrAccess.WRITE);
            found += readsXfd && (view.flags() & EventFlags.IRQS_OFF) != 0 ? 1 : 0;
        }
        return found;
    }
}
