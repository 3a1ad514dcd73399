package io.trapline.producer.ftrace;

import io.trapline.producer.line.AlignedPrefix;
import io.trapline.producer.line.LatencyPrefix;
import io.trapline.producer.line.LinePrefix;
import io.trapline.producer.line.Tokenizer;

/**
 * The prefix in the form that this recording's options give it; that of the line before is tried first. Whether lines have
 * any prefix at all (nocontext-info) shows in the first event: else any text with a colon would be one.
 */
final class FtraceTokenizer implements Tokenizer {
    private final Tokenizer aligned = new AlignedPrefix();
    private final Tokenizer latency = new LatencyPrefix();
    private final Tokenizer bare = new BarePrefix();
    private Tokenizer current = aligned;
    private boolean mayBeBare;

    /** {@code mayBeBare}: the first event may do without a prefix. */
    FtraceTokenizer(boolean mayBeBare) {
        this.mayBeBare = mayBeBare;
    }

    @Override
    public boolean read(byte[] line, int from, int to, LinePrefix into) {
        boolean read = current.read(line, from, to, into)
                || current != bare && changes(line, from, to, into)
                || mayBeBare && isBare(line, from, to, into);
        mayBeBare &= !read;
        return read;
    }

    private boolean changes(byte[] line, int from, int to, LinePrefix into) {
        Tokenizer other = current == aligned ? latency : aligned;
        boolean read = other.read(line, from, to, into);
        current = read ? other : current;
        return read;
    }

    private boolean isBare(byte[] line, int from, int to, LinePrefix into) {
        boolean read = bare.read(line, from, to, into);
        current = read ? bare : current;
        return read;
    }
}
