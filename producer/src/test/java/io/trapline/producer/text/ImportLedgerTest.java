package io.trapline.producer.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.producer.ImportProblem;
import io.trapline.producer.ImportProblem.Code;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The books of an import: what does not add up is said. */
class ImportLedgerTest {
    private final ImportLedger ledger = new ImportLedger();

    @BeforeEach
    void fourLines() {
        ledger.eventLine();
        ledger.eventLine();
        ledger.otherLine();
        ledger.unreadLine();
    }

    @Test
    void booksThatBalanceSayNothing() {
        ledger.close(4, 2);

        assertThat(ledger.problems()).isEmpty();
    }

    @Test
    void aLineThatIsNothingIsSaid() {
        ledger.close(5, 2);

        assertThat(ledger.problems())
                .containsExactly(new ImportProblem(
                        Code.BOOKS_DO_NOT_BALANCE,
                        0,
                        "5 lines are not 2 events, 1 others and 1 that nobody understands"));
    }

    @Test
    void anEventThatWentMissingIsSaid() {
        ledger.close(4, 1);

        assertThat(ledger.problems())
                .containsExactly(
                        new ImportProblem(Code.BOOKS_DO_NOT_BALANCE, 0, "2 lines were events, but 1 events left"));
    }
}
