package io.trapline.app.report;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** Spells numbers for people: the same everywhere, whatever the locale. */
public final class HumanFigures {
    private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_UP);
    private static final String[] SCALES = {"", "k", "M", "G", "T"};
    private static final String[] UNITS = {"ns", "us", "ms", "s"};
    private static final int DIGITS_PER_UNIT = 3;
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int NS_DIGITS = 9;

    private HumanFigures() {}

    /** {@code 1,234,567}. */
    public static String count(long number) {
        return grouped(BigInteger.valueOf(number));
    }

    private static String grouped(BigInteger number) {
        StringBuilder digits = new StringBuilder(number.toString());
        int firstDigit = number.signum() < 0 ? 1 : 0;
        for (int at = digits.length() - DIGITS_PER_UNIT; at > firstDigit; at -= DIGITS_PER_UNIT) {
            digits.insert(at, ',');
        }
        return digits.toString();
    }

    /** {@code 1 exit}, {@code 2 exits}. */
    public static String counted(long number, String noun) {
        return counted(number, noun, noun + "s");
    }

    /** The same for what has a plural of its own. */
    public static String counted(long number, String one, String many) {
        return count(number) + " " + (number == 1 ? one : many);
    }

    /** {@code 1.23 us}: three digits in the unit that suits, rounded half up. */
    public static String duration(BigInteger nanos) {
        BigDecimal rounded = new BigDecimal(nanos).round(THREE_DIGITS);
        int unit = 0;
        while (unit < UNITS.length - 1 && rounded.compareTo(THOUSAND) >= 0) {
            rounded = rounded.scaleByPowerOfTen(-DIGITS_PER_UNIT);
            unit++;
        }
        // Thousands of seconds are not a figure of three digits any more.
        String figure = rounded.compareTo(THOUSAND) < 0
                ? rounded.toPlainString()
                : grouped(new BigDecimal(nanos)
                        .movePointLeft(NS_DIGITS)
                        .setScale(0, RoundingMode.HALF_UP)
                        .toBigIntegerExact());
        return figure + " " + UNITS[unit];
    }

    /** {@code 1.23 M}: three digits, rounded half up; small numbers as they are. */
    public static String magnitude(BigInteger number) {
        BigDecimal rounded = new BigDecimal(number).round(THREE_DIGITS);
        int scale = 0;
        while (scale < SCALES.length - 1 && rounded.abs().compareTo(THOUSAND) >= 0) {
            rounded = rounded.scaleByPowerOfTen(-DIGITS_PER_UNIT);
            scale++;
        }
        return scale == 0 ? number.toString() : rounded.toPlainString() + SCALES[scale];
    }

    /** A moment as a trace prints it: seconds with so many decimals. */
    static String moment(BigInteger nanos, int decimals) {
        return new BigDecimal(nanos, NS_DIGITS)
                .setScale(decimals, RoundingMode.DOWN)
                .toPlainString();
    }

    /** A share in percent with one decimal; of nothing, 0.0. */
    public static String percent(BigInteger part, BigInteger whole) {
        BigDecimal share = whole.signum() == 0
                ? BigDecimal.ZERO
                : new BigDecimal(part).multiply(HUNDRED).divide(new BigDecimal(whole), 1, RoundingMode.HALF_UP);
        return share.setScale(1, RoundingMode.UNNECESSARY).toPlainString();
    }
}
