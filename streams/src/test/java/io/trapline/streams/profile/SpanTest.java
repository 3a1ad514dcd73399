package io.trapline.streams.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trapline.schemas.avro.ExitCostRow;
import io.trapline.schemas.avro.SummaryRow;
import io.trapline.streams.RunOf;
import io.trapline.streams.TraceScript;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which exits count where a part of a run is asked for; everything is judged all the same. */
class SpanTest {
    private static final Moment.By TIME = Moment.By.TIME;
    private static final Moment.By SEQ = Moment.By.SEQ;
    private static final Moment.By SOURCE = Moment.By.SOURCE;

    private static Moment at(Moment.By by, String value) {
        return new Moment(by, new BigDecimal(value));
    }

    /** Exits 1, 3, 5 and 7; event n is at 1.001 ms + n us, in line n + 1. */
    private static TraceScript script() {
        TraceScript script = new TraceScript().entry();
        for (int exit = 0; exit < 3; exit++) {
            script.exit("CPUID").entry();
        }
        return script.exit("HLT");
    }

    private static RunOf counted(Span span) {
        return RunOf.script(AnalysisInputs.named("live").withSpan(span), run -> {}, script());
    }

    private static long samples(Span span) {
        return counted(span).exits().stream()
                .mapToLong(row -> row.getTime().getSamples())
                .sum();
    }

    private static long open(Span span) {
        return counted(span).exits().stream().mapToLong(ExitCostRow::getOpen).sum();
    }

    @Test
    void bothMomentsBelongToTheSpan() {
        for (Span span : List.of(
                new Span(at(SEQ, "3"), at(SEQ, "5")),
                new Span(at(SOURCE, "4"), at(SOURCE, "6")),
                new Span(at(TIME, "0.001004"), at(TIME, "0.001006")))) {
            assertThat(samples(span)).as("%s", span).isEqualTo(2);
            assertThat(open(span)).isZero();
        }
        assertThat(samples(new Span(at(SEQ, "4"), null))).isEqualTo(1);
        assertThat(open(new Span(at(SEQ, "4"), null))).isEqualTo(1);
        assertThat(samples(new Span(null, at(SEQ, "2")))).isEqualTo(1);
    }

    /** An exit belongs where it begins, wherever its entry lies. */
    @Test
    void theEntryMayLieBehindTheSpan() {
        assertThat(samples(new Span(at(SEQ, "5"), at(SEQ, "5")))).isEqualTo(1);
    }

    @Test
    void theBooksAndVerdictsStayThoseOfTheWholeRun() {
        List<SummaryRow> whole = withoutExits(counted(Span.WHOLE));

        assertThat(withoutExits(counted(new Span(at(SEQ, "100"), null)))).isEqualTo(whole);
    }

    private static List<SummaryRow> withoutExits(RunOf run) {
        return run.rows().stream()
                .filter(row -> row.getExit() == null && row.getComplete() == null)
                .toList();
    }

    @Test
    void aPrintedTimeBeginsWithTheFirstUnitThatIsPrintedAsIt() {
        // 1, 2 and 3 units of 2.5 GHz are 0.4, 0.8 and 1.2 ns.
        assertThat(at(TIME, "0.000000001").first(2_500_000_000L)).isEqualTo(2);
        assertThat(at(TIME, "0.0000000004").first(2_500_000_000L)).isEqualTo(2);
        assertThat(at(TIME, "13.738170").first(1_000_000)).isEqualTo(13_738_170);
        assertThat(at(TIME, "13.7381704").first(1_000_000)).isEqualTo(13_738_171);
        assertThat(at(SEQ, "7").first(0)).isEqualTo(7);
    }

    @Test
    void aSpanDoesNotEndBeforeItBegins() {
        assertThatThrownBy(() -> new Span(at(SEQ, "5"), at(SEQ, "4"))).isInstanceOf(IllegalArgumentException.class);
    }
}
