package io.trapline.app.cli;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a duration as nanoseconds; a bare number is microseconds, as perf has it. */
final class DurationConverter implements ITypeConverter<BigDecimal> {
    private static final Pattern DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?)(ns|us|ms|s)?");

    @Override
    public BigDecimal convert(String written) {
        Matcher duration = DURATION.matcher(written);
        if (!duration.matches()) {
            throw new TypeConversionException("'" + written + "' is no duration: write 500us, 2ms or 100000ns");
        }
        String unit = duration.group(2) == null ? "us" : duration.group(2);
        int digits = switch (unit) {
            case "ns" -> 0;
            case "us" -> 3;
            case "ms" -> 6;
            default -> 9;
        };
        return new BigDecimal(duration.group(1)).movePointRight(digits);
    }
}
