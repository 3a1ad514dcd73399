package io.trapline.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trapline.schemas.avro.Clock;
import io.trapline.schemas.avro.ClockUnit;
import io.trapline.schemas.avro.RunStatus;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ReportGoldenTest {
    private static void check(String name, SampleRun sample) throws IOException {
        Golden.check(name + ".json", JsonReport.write(sample.document()));
        Golden.check(name + ".txt", TextReport.write(sample.document(), false));
    }

    @Test
    void aRunWithFindings() throws IOException {
        check("findings", SampleRun.withFindings());
    }

    @Test
    void aRunWhoseClockMeasuresNothing() throws IOException {
        SampleRun sample = SampleRun.withFindings();
        sample.run.setClock(new Clock("counter", ClockUnit.NONE, null));

        check("counter", sample);
    }

    @Test
    void aRunWhoseBooksDoNotBalance() throws IOException {
        SampleRun sample = SampleRun.ofTwoVcpus();
        sample.run.setStatus(RunStatus.ABORTED);
        sample.run.setClock(new Clock("x86-tsc", ClockUnit.TSC, 3_000_000_000L));
        sample.run.setKernelTo(null);
        sample.streamEnd(0, row -> {
            row.setEvents(25L);
            row.setExits(11L);
            row.setEntries(7L);
            row.setGuestTime(5L);
            row.setLateChunks(1L);
        });
        sample.verdict("P23", 0, 0, 0);

        check("unbalanced", sample);
    }

    @Test
    void aRunWithoutAnything() throws IOException {
        SampleRun sample = SampleRun.ofTwoVcpus();
        sample.exits.clear();
        sample.streams.clear();
        sample.run.getStreams().clear();
        sample.run.setIsa(java.util.List.of());
        sample.run.setKernelFrom(null);
        sample.run.setKernelTo(null);
        sample.run.setProfileFrom("everything");

        check("empty", sample);
    }

    @Test
    void aRunOfWhichTheKernelWouldDecide() throws IOException {
        SampleRun sample = SampleRun.ofTwoVcpus();
        sample.verdict("P8", 12, 2, 0, "6.15..");
        sample.verdict("P12", 0, 3, 0);
        sample.verdict("P23", 0, 4, 0, "..6.4");

        check("undecided", sample);
    }

    @Test
    void whereNoTimeIsMeasuredEveryTimeIsNull() throws IOException {
        SampleRun sample = SampleRun.withFindings();
        sample.run.setClock(new Clock("x86-tsc", ClockUnit.TSC, null));

        JsonNode json = new ObjectMapper().readTree(JsonReport.write(sample.document()));

        assertThat(json.findValues("time_ns")).hasSizeGreaterThan(5).allMatch(JsonNode::isNull);
        assertThat(json.at("/run/from_ns").isNull()).isTrue();
        JsonNode exit = json.at("/exits/0");
        exit.fieldNames()
                .forEachRemaining(
                        name -> assertThat(exit.get(name).isNull()).as(name).isEqualTo(name.endsWith("_ns")));
    }
}
