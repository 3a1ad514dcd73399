package io.trapline.streams.fold;

import io.trapline.streams.core.Items;

/**
 * Where the time of a stream went, from its first event to its last: each stretch between two entries or exits is booked
 * whole when it ends, so that nothing is counted twice and nothing is left out. Times are those that events count with.
 */
final class StreamTimes {
    long guest;
    long host;
    long unknown;
    /** End of what is booked. */
    private long bookedTo;

    /** The first event of the stream. */
    void begin(long time) {
        bookedTo = time;
    }

    /** From an entry to the exit that follows it. */
    void bookGuest(long time) {
        guest += time - bookedTo;
        bookedTo = time;
    }

    /** From an exit to the entry that follows it. */
    void bookHost(long time) {
        host += time - bookedTo;
        bookedTo = time;
    }

    /** Neither: at the beginning, at the end, and where a record is missing. */
    void bookUnknown(long time) {
        unknown += time - bookedTo;
        bookedTo = time;
    }

    void each(Items items) {
        guest = items.next(guest);
        host = items.next(host);
        unknown = items.next(unknown);
        bookedTo = items.next(bookedTo);
    }
}
