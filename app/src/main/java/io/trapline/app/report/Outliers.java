package io.trapline.app.report;

import java.math.BigDecimal;
import java.util.List;

/**
 * Exits that took longer than a threshold; halts are none.
 *
 * @param count how many there are
 * @param longest as many of them as are kept
 */
public record Outliers(BigDecimal thresholdNs, long count, List<Outlier> longest) {
    public Outliers {
        longest = List.copyOf(longest);
        if (count < longest.size()) {
            throw new IllegalArgumentException(longest.size() + " of " + count + " outliers");
        }
    }
}
