package io.trapline.app.report;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers as C prints them: the double's own digits, which are not always those of the decimal it was meant to be. */
final class PrintedDouble {
    private static final int DECIMALS = 2;

    private PrintedDouble() {}

    /** {@code %.2f}. */
    static String twoDecimals(double number) {
        if (Double.isNaN(number)) {
            return "-nan";
        }
        return new BigDecimal(number).setScale(DECIMALS, RoundingMode.HALF_EVEN).toPlainString();
    }
}
