package io.trapline.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trapline.schemas.avro.DurationStats;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {
    @Test
    void theyAreTheDurationsOfTheirRanks() {
        DurationStats thousand = SampleRun.stats(LongStream.rangeClosed(1, 1000).toArray());

        assertThat(Percentiles.of(thousand, bucket -> bucket)).isEqualTo(new Percentiles(500, 900, 990, 999));
    }

    @Test
    void oneSampleIsAllOfThem() {
        assertThat(Percentiles.of(SampleRun.stats(5), bucket -> bucket)).isEqualTo(new Percentiles(5, 5, 5, 5));
    }

    @Test
    void aBucketStandsForNothingOutsideWhatWasMeasured() {
        assertThat(Percentiles.of(SampleRun.stats(5, 6), bucket -> bucket + 100))
                .isEqualTo(new Percentiles(6, 6, 6, 6));
        assertThat(Percentiles.of(SampleRun.stats(5, 6), bucket -> 0)).isEqualTo(new Percentiles(5, 5, 5, 5));
    }

    @Test
    void manySamplesDoNotOverflowTheRank() {
        DurationStats many = SampleRun.stats(1, 2);
        many.setSamples(Long.MAX_VALUE - 1);
        many.setBucketCounts(List.of(Long.MAX_VALUE / 2, Long.MAX_VALUE / 2));

        assertThat(Percentiles.of(many, bucket -> bucket)).isEqualTo(new Percentiles(1, 2, 2, 2));
    }

    @Test
    void aHistogramThatLacksSamplesIsRefused() {
        DurationStats stats = SampleRun.stats(1, 2);
        stats.setSamples(3L);

        assertThatThrownBy(() -> Percentiles.of(stats, bucket -> bucket)).hasMessageContaining("2 for 3 samples");
    }
}
