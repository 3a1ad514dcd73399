package io.trapline.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CsvReportTest {
    private static final Set<String> SHARES = Set.of("share_pct", "time_pct");

    private static List<Map<String, String>> read(String csv) throws Exception {
        try (MappingIterator<Map<String, String>> rows = new CsvMapper()
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(csv)) {
            return rows.readAll();
        }
    }

    private static RunReport of(SummaryDocument document, ExitListing listing) {
        return RunReport.of(document, ReportScope.WHOLE, listing, null, null);
    }

    @Test
    void aRowHasTheFiguresOfTheJson() throws Exception {
        SummaryDocument document = SampleRun.withFindings().document();
        JsonNode exits = new ObjectMapper().readTree(JsonReport.write(document)).get("exits");

        List<Map<String, String>> rows =
                read(CsvReport.write(of(document, new ExitListing(ExitOrder.NAME, Integer.MAX_VALUE))));

        assertThat(rows).hasSize(exits.size());
        for (int i = 0; i < rows.size(); i++) {
            JsonNode exit = exits.get(i);
            rows.get(i).forEach((name, cell) -> {
                if (!SHARES.contains(name)) {
                    assertSame(name, cell, exit.get(name));
                }
            });
            assertThat(rows.get(i).keySet()).containsAll(() -> exit.fieldNames());
        }
    }

    private static void assertSame(String name, String cell, JsonNode figure) {
        if (figure.isNumber()) {
            assertThat(new BigDecimal(cell)).as(name).isEqualByComparingTo(figure.decimalValue());
        } else {
            assertThat(cell).as(name).isEqualTo(figure.asText(""));
        }
    }

    @Test
    void rowsAreSortedAndCut() throws Exception {
        SummaryDocument document = SampleRun.withFindings().document();
        for (ExitOrder order : List.of(ExitOrder.SAMPLES, ExitOrder.TIME, ExitOrder.MAX, ExitOrder.P99)) {
            String column = switch (order) {
                case SAMPLES -> "samples";
                case TIME -> "time_ns";
                case MAX -> "max_ns";
                default -> "p99_ns";
            };
            List<Map<String, String>> rows = read(CsvReport.write(of(document, new ExitListing(order, 3))));

            assertThat(rows).hasSize(3);
            assertThat(rows.stream().map(row -> row.get(column)).map(cell -> -Long.parseLong("0" + cell)))
                    .as(column)
                    .isSorted();
        }
    }

    @Test
    void namesOfARecordingCannotMakeRows() throws Exception {
        SampleRun sample = SampleRun.ofTwoVcpus();
        String evil = "a\n\"b\",c\u001b";
        sample.exits.forEach(exit -> exit.setVm(evil));

        List<Map<String, String>> rows = read(CsvReport.write(of(sample.document(), ExitListing.ALL)));

        assertThat(rows)
                .hasSize(sample.exits.size())
                .allMatch(row -> row.get("vm").equals("a?\"b\",c?"));
    }

    @Test
    void withoutRowsTheNamesAreThere() {
        SampleRun sample = SampleRun.ofTwoVcpus();
        sample.exits.clear();

        assertThat(CsvReport.write(of(sample.document(), ExitListing.ALL)))
                .startsWith("vm,vcpu,level,isa,reason,detail,samples,")
                .endsWith("\n")
                .hasLineCount(1);
    }
}
