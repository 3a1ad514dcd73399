package io.trapline.streams.profile;

/**
 * The part of a run whose exits count, with all events of the moments that bound it; {@code null} bounds nothing.
 */
public record Span(Moment from, Moment to) {
    /** All of a run. */
    public static final Span WHOLE = new Span(null, null);

    /** The same in numbers of one stream. */
    public record Bounds(Span span, long first, long last) {
        /** Whether the event with these numbers lies inside; {@code time} is the one it counts with. */
        public boolean hold(long seq, long source, long time) {
            return (span.from == null || span.from.of(seq, source, time) >= first)
                    && (span.to == null || span.to.of(seq, source, time) <= last);
        }
    }

    public Span {
        if (from != null && to != null && from.by() == to.by() && from.value().compareTo(to.value()) > 0) {
            throw new IllegalArgumentException("a span that ends before it begins");
        }
    }

    public boolean isWhole() {
        return from == null && to == null;
    }

    /** Whether a moment of it is one of time. */
    public boolean namesTime() {
        return from != null && from.by() == Moment.By.TIME || to != null && to.by() == Moment.By.TIME;
    }

    /** Its bounds in a stream whose clock counts so many units a second. */
    public Bounds at(long clockHz) {
        return new Bounds(this, from == null ? 0 : from.first(clockHz), to == null ? 0 : to.limit(clockHz));
    }
}
