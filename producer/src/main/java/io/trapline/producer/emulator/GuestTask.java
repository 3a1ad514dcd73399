package io.trapline.producer.emulator;

/** A task of the guest, with what the guest's kernel keeps for it. */
final class GuestTask {
    private final long number;
    private final boolean usesAmx;
    private final long text;
    private boolean mayUseTiles;
    private long savedTiles;
    private long expectedTiles;

    /** {@code text} is where its code lies. */
    GuestTask(long number, boolean usesAmx, long text) {
        this.number = number;
        this.usesAmx = usesAmx;
        this.text = text;
    }

    long number() {
        return number;
    }

    boolean usesAmx() {
        return usesAmx;
    }

    long text() {
        return text;
    }

    /** Its XFD: armed until its first use of tile data has been granted. */
    long xfd() {
        return mayUseTiles ? 0 : PhysicalCpu.XTILE_DATA;
    }

    boolean mayUseTiles() {
        return mayUseTiles;
    }

    void grantTiles() {
        mayUseTiles = true;
    }

    /** Its tile data while another task runs. */
    long savedTiles() {
        return savedTiles;
    }

    void setSavedTiles(long tiles) {
        savedTiles = tiles;
    }

    /** What it put into the tiles last; 0 before it did. */
    long expectedTiles() {
        return expectedTiles;
    }

    void setExpectedTiles(long tiles) {
        expectedTiles = tiles;
    }
}
