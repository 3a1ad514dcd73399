package io.trapline.app.cli;

import io.trapline.streams.profile.Moment;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a moment: seconds have a point in them, a line a colon before it, and a bare number is an event's. */
final class MomentConverter implements ITypeConverter<Moment> {
    private static final Pattern SECONDS = Pattern.compile("(\\d+\\.\\d+)s?");
    private static final Pattern LINE = Pattern.compile("(?:.*):(\\d+)");
    private static final Pattern NUMBER = Pattern.compile("#?(\\d+)");

    @Override
    public Moment convert(String written) {
        Moment moment = moment(SECONDS, Moment.By.TIME, written);
        moment = moment == null ? moment(LINE, Moment.By.SOURCE, written) : moment;
        moment = moment == null ? moment(NUMBER, Moment.By.SEQ, written) : moment;
        if (moment == null) {
            throw new TypeConversionException(
                    "'" + written + "' is no moment: write seconds (13.738170), a line (:296) or an event (123)");
        }
        return moment;
    }

    private static Moment moment(Pattern pattern, Moment.By by, String written) {
        Matcher matcher = pattern.matcher(written);
        return matcher.matches() ? new Moment(by, new BigDecimal(matcher.group(1))) : null;
    }
}
