package io.trapline.app.report;

/** How tables of exits are laid out: in which order, and the first so many rows of it. */
public record ExitListing(ExitOrder order, int top) {
    /** All rows, those that took longest first. */
    public static final ExitListing ALL = new ExitListing(ExitOrder.TIME, Integer.MAX_VALUE);

    public ExitListing {
        if (top < 1) {
            throw new IllegalArgumentException("a table of " + top + " rows");
        }
    }
}
