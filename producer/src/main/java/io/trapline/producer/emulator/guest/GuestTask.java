package io.trapline.producer.emulator.guest;

/** A task of the guest, with what the guest's kernel keeps for it. */
final class GuestTask {
    /** XTILE_DATA, the only dynamic feature so far, as a bit of XFD and XFD_ERR. */
    static final long TILE_DATA = 0x40000;

    private final long number;
    private final Use use;
    private final long text;
    private boolean mayUseTiles;
    private long savedTiles;
    private long expectedTiles;

    /** What a task needs besides the integer registers. */
    enum Use {
        TILES,
        LAZY_FPU,
        NOTHING
    }

    /** {@code text} is where its code lies. */
    GuestTask(long number, Use use, long text) {
        this.number = number;
        this.use = use;
        this.text = text;
    }

    long number() {
        return number;
    }

    Use use() {
        return use;
    }

    long text() {
        return text;
    }

    /** Its XFD, once the kernel keeps it: armed until its first use of tile data has been granted. */
    long xfd() {
        return mayUseTiles ? 0 : TILE_DATA;
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
