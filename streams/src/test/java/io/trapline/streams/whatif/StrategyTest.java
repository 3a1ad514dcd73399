package io.trapline.streams.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class StrategyTest {
    @Test
    void whatIsPrintedIsRead() {
        for (Strategy strategy : Strategy.CATALOGUE) {
            assertThat(Strategy.parse(strategy.toString())).isEqualTo(strategy);
        }
        assertThat(Strategy.parse("s1/t1/i1+eb01").eb01Refreshed()).isTrue();
    }

    @Test
    void whatIsNoStrategyIsRefusedWithWhatOneLooksLike() {
        for (String text : List.of("", "S7/T1/I1", "S1/T1", "S1/T1/I6", "S1/T1/I1+EB02", " S1/T1/I1")) {
            assertThatThrownBy(() -> Strategy.parse(text)).hasMessageContaining("S2/T1/I1");
        }
    }

    @Test
    void theCatalogueNamesEachOnceAndTheKernelsOwnFirst() {
        assertThat(new HashSet<>(Strategy.CATALOGUE)).hasSameSizeAs(Strategy.CATALOGUE);
        assertThat(Strategy.CATALOGUE.get(0)).isEqualTo(Strategy.MERGED);
    }

    /** The table of the specification, 5.6. */
    @Test
    void soundnessIsThatOfTheSpecification() {
        for (String sound : List.of(
                "S1/T1/I1", "S2/T1/I1", "S1/T1/I1+EB01", "S6/T2/I2", "S1/T7/I4", "S2/T7/I4", "S1/T7/I5", "S2/T7/I5")) {
            assertThat(Soundness.of(Strategy.parse(sound)).sound()).as(sound).isTrue();
        }
        for (String unsound :
                List.of("S1/T1/I4", "S4/T1/I1", "S1/T3/I1", "S1/T4/I1", "S6/T1/I1", "S1/T6/I1", "S1/T1/I2")) {
            assertThat(Soundness.of(Strategy.parse(unsound)).sound())
                    .as(unsound)
                    .isFalse();
        }
        assertThat(Soundness.of(Strategy.MERGED).remark()).isEqualTo("except R28");
        assertThat(Soundness.of(Strategy.parse("S1/T1/I1+EB01")).remark()).isEmpty();
    }
}
