package io.trapline.streams.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CostHistogramTest {
    @Test
    void smallValuesHaveABucketEach() {
        for (int value = 0; value < 2 * CostHistogram.SUB_BUCKETS; value++) {
            assertThat(CostHistogram.valueOf(CostHistogram.bucketOf(value))).isEqualTo(value);
        }
    }

    @Test
    void noValueIsOffByMoreThanA128th() {
        Random random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            long value = random.nextLong() >>> 1 + random.nextInt(62);
            long shown = CostHistogram.valueOf(CostHistogram.bucketOf(value));

            assertThat(Math.abs(shown - value)).as("%d", value).isLessThanOrEqualTo(value / 128);
        }
        assertThat(CostHistogram.valueOf(CostHistogram.bucketOf(Long.MAX_VALUE)))
                .isPositive();
    }

    @Test
    void bucketsAscendWithValuesAndLeaveNoneOut() {
        int last = CostHistogram.bucketOf(0);
        for (int bit = 0; bit < 63; bit++) {
            for (long value : new long[] {(1L << bit) - 1, 1L << bit}) {
                int bucket = CostHistogram.bucketOf(value);
                assertThat(bucket).isBetween(last, Math.max(last + 1, last + CostHistogram.SUB_BUCKETS));
                last = bucket;
            }
        }
    }
}
