package io.trapline.app.run;

import io.trapline.schemas.avro.SummaryRow;
import java.util.List;
import java.util.stream.Stream;

/** The summary of a whole run, with the exits of a part of it. */
public final class CountedPart {
    private CountedPart() {}

    /** {@code whole}: the rows of the run; {@code part}: those of the same run, folded with only a span counted. */
    public static List<SummaryRow> of(List<SummaryRow> whole, List<SummaryRow> part) {
        return Stream.concat(
                        // How many rows there are is not true any more.
                        whole.stream().filter(row -> !isOfExits(row) && row.getComplete() == null),
                        part.stream().filter(CountedPart::isOfExits))
                .toList();
    }

    /** The end of a stream is among them for its XFD bookkeeping; all else in it is of the whole run either way. */
    private static boolean isOfExits(SummaryRow row) {
        return row.getExit() != null
                || row.getAccess() != null
                || row.getNested() != null
                || row.getHotSpots() != null
                || row.getStreamEnd() != null;
    }
}
