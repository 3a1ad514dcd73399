package io.trapline.producer.emulator;

/**
 * What the guest itself noticed, which no trace shows.
 *
 * @param instructions guest instructions executed, waiting in HLT counted as if it had computed
 * @param tasksStarted tasks that ran, ended ones included
 * @param contextSwitches switches between them
 * @param tileFaults #NM taken for tile data
 * @param errorsLost of these, how many found XFD_ERR empty: a real Linux would die there
 * @param faultsWithoutCause #NM by a task that the guest had already given tile data
 * @param tilesLost tiles that did not hold what the task had put in
 */
public record GuestReport(
        long instructions,
        long tasksStarted,
        long contextSwitches,
        long tileFaults,
        long errorsLost,
        long faultsWithoutCause,
        long tilesLost) {

    static final GuestReport NOTHING = new GuestReport(0, 0, 0, 0, 0, 0, 0);

    /** What two guests noticed. */
    public GuestReport plus(GuestReport other) {
        return new GuestReport(
                instructions + other.instructions,
                tasksStarted + other.tasksStarted,
                contextSwitches + other.contextSwitches,
                tileFaults + other.tileFaults,
                errorsLost + other.errorsLost,
                faultsWithoutCause + other.faultsWithoutCause,
                tilesLost + other.tilesLost);
    }

    /** Everything that a correct hypervisor would not have let happen; 0 is what it should be. */
    public long lost() {
        return errorsLost + faultsWithoutCause + tilesLost;
    }
}
