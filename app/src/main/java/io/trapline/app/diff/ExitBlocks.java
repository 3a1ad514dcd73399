package io.trapline.app.diff;

import io.trapline.streams.cost.CostStats;
import java.util.ArrayList;
import java.util.List;

/**
 * The exits of one kind on one vCPU, cut into blocks of equally many that follow each other. Neighbours in time share
 * whatever the host was doing, so a block is what the tests take for one observation. As there are more exits, blocks
 * grow, and their number stays: memory does not go with the length of the run.
 */
final class ExitBlocks {
    static final int BLOCKS_MAX = 32;
    static final int EXITS_MIN = 4;

    /** {@code guestTime}: what the vCPU ran in the guest since the end of the block before, in units of the clock. */
    static final class Block {
        final CostStats time = new CostStats();
        long guestTime;

        private void take(Block next) {
            time.merge(next.time);
            guestTime += next.guestTime;
        }
    }

    private List<Block> blocks = new ArrayList<>();
    private long exitsPerBlock = EXITS_MIN;
    private long guestTimeBefore;

    /** Counts an exit before which the vCPU had run so long in the guest, since the run began. */
    void add(long duration, long guestTime) {
        if (blocks.isEmpty() || last().time.samples() >= exitsPerBlock) {
            open();
        }
        last().time.add(duration);
        last().guestTime += guestTime - guestTimeBefore;
        guestTimeBefore = guestTime;
    }

    private Block last() {
        return blocks.get(blocks.size() - 1);
    }

    private void open() {
        if (blocks.size() == BLOCKS_MAX) {
            blocks = inPairs(blocks);
            exitsPerBlock *= 2;
        }
        blocks.add(new Block());
    }

    private static List<Block> inPairs(List<Block> blocks) {
        List<Block> pairs = new ArrayList<>();
        for (int place = 0; place < blocks.size(); place += 2) {
            blocks.get(place).take(blocks.get(place + 1));
            pairs.add(blocks.get(place));
        }
        return pairs;
    }

    /** The blocks at the end of the run, whose vCPU ran so long in the guest. One that is not half full joins its neighbour. */
    List<Block> finish(long guestTime) {
        last().guestTime += guestTime - guestTimeBefore;
        guestTimeBefore = guestTime;
        if (blocks.size() > 1 && last().time.samples() * 2 < exitsPerBlock) {
            Block rest = blocks.remove(blocks.size() - 1);
            last().take(rest);
        }
        return blocks;
    }
}
