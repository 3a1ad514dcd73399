package io.trapline.streams.cost;

import io.trapline.schemas.table.ExitReasons;
import io.trapline.streams.core.Level;
import io.trapline.streams.core.Turn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Costs of one vCPU's exits in the open window, per level, reason and detail. A cell once made stays, empty, through all
 * windows: the cells are also the memory of which details exist.
 */
public final class ExitCosts {
    /** Reasons on one vCPU: twice what any kernel has. What comes after goes to {@code other}. */
    public static final int REASONS_MAX = 512;

    /** Details of one reason on one vCPU; what comes after goes to {@code other}. */
    public static final int DETAILS_MAX = 256;

    private static final Level[] LEVELS = Level.values();

    /** What a cell is of. */
    public record CellName(Level level, int isa, long reason, long detailCode) {}

    private record Reason(int isa, long number) {}

    /** Reasons that have cells of their own, each with the number of its details. */
    private final Map<Reason, int[]> detailsOfReason = new HashMap<>();

    private CostCell[] table = new CostCell[64];
    private int cells;
    /** Those that have counted anything in this window. */
    private final List<CostCell> used = new ArrayList<>();

    /** Counts an exit whose time went to these parts until {@code entryTime}, in units of the run's clock. */
    CostCell sample(Turn turn, long entryTime, TimeParts parts) {
        CostCell cell = use(cellOf(turn));
        cell.time.add(entryTime - turn.time());
        if (parts.sum() != 0) {
            cell.parts.add(parts);
        }
        cell.syncs += turn.paysSync() ? 1 : 0;
        return cell;
    }

    /** Counts an exit that has no following entry. */
    void open(Turn turn) {
        CostCell cell = use(cellOf(turn));
        cell.open++;
        cell.syncs += turn.synced() ? 1 : 0;
    }

    /** Counts an exit of a vCPU that nobody knows: what followed it is not known either. */
    void openOfNobody(int isa, long reason) {
        use(cellOf(Level.UNKNOWN, isa, reason, ExitDetail.NONE)).open++;
    }

    /** The cells that have counted anything in this window, in the order of rows. */
    public List<CostCell> window() {
        return used.stream().sorted().toList();
    }

    /** All cells in the order of rows. */
    public List<CostCell> all() {
        return Arrays.stream(table).filter(Objects::nonNull).sorted().toList();
    }

    /** Begins the next window. */
    void clear() {
        used.forEach(CostCell::clear);
        used.clear();
    }

    /** Puts back a cell of stored state, with what it has counted in the open window. */
    public void restore(CellName name, long open, long syncs, CostStats time, TimeParts parts) {
        CostCell cell = cellOf(name.level, name.isa, name.reason, name.detailCode);
        if (open > 0 || time.samples() > 0) {
            use(cell);
        }
        cell.open = open;
        cell.syncs = syncs;
        cell.time.merge(time);
        cell.parts.add(parts);
    }

    /** The cell, which is about to count something. */
    private CostCell use(CostCell cell) {
        if (cell.isEmpty()) {
            used.add(cell);
        }
        return cell;
    }

    private CostCell cellOf(Turn turn) {
        return cellOf(turn.level(), turn.isa(), turn.reason(), ExitDetail.codeOf(turn));
    }

    private CostCell cellOf(Level level, int isa, long reason, long code) {
        CostCell cell = find(level, isa, reason, code);
        if (cell != null) {
            return cell;
        }
        int[] details = admit(isa, reason);
        long countedReason = details == null ? ExitReasons.OTHER : reason;
        long countedCode = details == null ? ExitDetail.NONE : admit(isa, reason, code, details);
        cell = find(level, isa, countedReason, countedCode);
        return cell == null ? add(new CostCell(level, isa, countedReason, countedCode)) : cell;
    }

    /** The number of the reason's details; null where there are too many reasons for it to have cells of its own. */
    private int[] admit(int isa, long reason) {
        Reason named = new Reason(isa, reason);
        if (reason != ExitReasons.OTHER && detailsOfReason.size() < REASONS_MAX) {
            return detailsOfReason.computeIfAbsent(named, none -> new int[1]);
        }
        return detailsOfReason.get(named);
    }

    /** The detail itself, or {@code other} where the reason has too many. */
    private long admit(int isa, long reason, long code, int[] details) {
        boolean known = code == ExitDetail.NONE || code == ExitDetail.OTHER;
        for (Level level : LEVELS) {
            known |= find(level, isa, reason, code) != null;
        }
        if (!known && details[0] < DETAILS_MAX) {
            details[0]++;
            known = true;
        }
        return known ? code : ExitDetail.OTHER;
    }

    private CostCell find(Level level, int isa, long reason, long code) {
        int mask = table.length - 1;
        int place = CostCell.hash(level, isa, reason, code) & mask;
        while (table[place] != null && !table[place].is(level, isa, reason, code)) {
            place = place + 1 & mask;
        }
        return table[place];
    }

    private CostCell add(CostCell cell) {
        if (++cells * 2 > table.length) {
            CostCell[] old = table;
            table = new CostCell[old.length * 2];
            for (CostCell each : old) {
                if (each != null) {
                    place(each);
                }
            }
        }
        return place(cell);
    }

    private CostCell place(CostCell cell) {
        int mask = table.length - 1;
        int place = CostCell.hash(cell.level, cell.isa, cell.reason, cell.detailCode) & mask;
        while (table[place] != null) {
            place = place + 1 & mask;
        }
        table[place] = cell;
        return cell;
    }
}
