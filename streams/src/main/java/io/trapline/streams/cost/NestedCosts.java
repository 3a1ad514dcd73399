package io.trapline.streams.cost;

import io.trapline.schemas.avro.NestedCostRow;
import io.trapline.schemas.table.ExitReasons;
import io.trapline.streams.core.Exits;
import io.trapline.streams.core.Items;
import io.trapline.streams.core.Level;
import io.trapline.streams.core.Turn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What instructions of L2 cost that L1 emulates. Such an instruction begins with an exit of L2 that L1 gets and lasts to
 * the next entry into L2; the exits of L1 in between are its own. One during which the replay loses the level is left
 * out, as its end cannot be told, and so is one after which L1 gives up its guest.
 */
public final class NestedCosts {
    /** Reasons and details in one window; what comes after is counted as {@code other}. */
    static final int CELLS_MAX = 64;

    private static final Comparator<NestedCell> ROW_ORDER = Comparator.comparingInt((NestedCell cell) -> cell.isa)
            .thenComparingLong(cell -> cell.reason)
            .thenComparingLong(cell -> cell.detailCode);

    private final List<NestedCell> cells = new ArrayList<>();

    private boolean underWay;
    private long begun;
    private int isa;
    private long reason;
    private long detailCode;
    private long hostTime;
    private final CausedExits caused = new CausedExits();

    /** An exit has got its entry, at this time. */
    void exited(Turn turn, long code, long entryTime) {
        boolean begins = turn.level() == Level.L2 && turn.nestedReflected();
        if (!begins && !underWay) {
            return;
        }
        long time = entryTime - turn.time();
        if (begins) {
            begin(turn, code);
        } else if (turn.level() == Level.L1 && !Exits.endsNesting(turn.isa(), turn.reason())) {
            caused.add(turn.reason(), code, 1, time);
        } else {
            underWay = false;
        }
        hostTime += underWay ? time : 0;
    }

    private void begin(Turn turn, long code) {
        underWay = true;
        begun = turn.time();
        isa = turn.isa();
        reason = turn.reason();
        detailCode = code;
        hostTime = 0;
        caused.clear();
    }

    /** The vCPU entered the guest; {@code level} runs now. */
    void entered(Level level, long time) {
        if (underWay && level == Level.L2) {
            NestedCell cell = cellOf(isa, reason, detailCode);
            cell.time.add(time - begun);
            cell.hostTime += hostTime;
            cell.caused.addAll(caused);
        }
        underWay &= level == Level.L1;
    }

    /** An exit will not get its entry, or records are missing. */
    void lost() {
        underWay = false;
    }

    private NestedCell cellOf(int cellIsa, long cellReason, long code) {
        for (NestedCell cell : cells) {
            if (cell.is(cellIsa, cellReason, code)) {
                return cell;
            }
        }
        if (cells.size() >= CELLS_MAX && cellReason != ExitReasons.OTHER) {
            return cellOf(cellIsa, ExitReasons.OTHER, ExitDetail.NONE);
        }
        NestedCell cell = new NestedCell(cellIsa, cellReason, code);
        cells.add(cell);
        return cell;
    }

    /** The cells that have counted anything in this window, in the order of rows. */
    public List<NestedCell> window() {
        return cells.stream()
                .filter(cell -> cell.time.samples() > 0)
                .sorted(ROW_ORDER)
                .toList();
    }

    /** Begins the next window. */
    void clear() {
        cells.clear();
    }

    /** The instruction under way, in the order of the snapshot. */
    public void eachUnderWay(Items items) {
        underWay = items.next(underWay);
        begun = items.next(begun);
        isa = items.next(isa);
        reason = items.next(reason);
        detailCode = items.next(detailCode);
        hostTime = items.next(hostTime);
        caused.each(items);
    }

    /** Puts back a cell of stored state; the items are what {@link NestedCell#each} gave. */
    public void restore(NestedCostRow stored, CostStats time, Items items) {
        NestedCell cell = new NestedCell(stored.getIsa(), stored.getReason(), items.next(0L));
        cell.time.merge(time);
        cell.hostTime = stored.getHostTime();
        cell.caused.each(items);
        cells.add(cell);
    }
}
