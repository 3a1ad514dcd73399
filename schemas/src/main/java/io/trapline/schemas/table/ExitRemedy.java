package io.trapline.schemas.table;

import io.trapline.schemas.kernel.KernelVersion;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Why KVM takes an exit of this kind, and what would spare it, from {@code exit-remedies.tsv}. The table is silent where no
 * way is known.
 *
 * @param reason what the exit's reason matches
 * @param detail what its detail matches
 * @param level empty for any
 * @param since first kernel that has the remedy; null where every kernel read does
 * @param source where it can be read up
 */
public record ExitRemedy(
        int isa,
        Pattern reason,
        Pattern detail,
        String level,
        KernelVersion since,
        String why,
        String instead,
        String source) {
    private static final int COLUMNS = 8;
    private static final List<ExitRemedy> ALL = TsvTable.rows("exit-remedies.tsv", COLUMNS).stream()
            .map(ExitRemedy::of)
            .toList();

    private static ExitRemedy of(String[] row) {
        return new ExitRemedy(
                row[0].equals("vmx") ? ExitReasons.VMX : ExitReasons.SVM,
                Pattern.compile(row[1]),
                Pattern.compile(row[2]),
                row[3].equals("any") ? "" : row[3],
                row[4].equals("-") ? null : KernelVersion.of(row[4]),
                row[5],
                row[6],
                row[7]);
    }

    /** The whole table, in its order. */
    public static List<ExitRemedy> all() {
        return ALL;
    }

    /** The first one that fits the exit; rows for special details stand before those for any. */
    public static Optional<ExitRemedy> of(int isa, String exitReason, String exitDetail, String exitLevel) {
        return ALL.stream()
                .filter(remedy -> remedy.isa == isa)
                .filter(remedy -> remedy.level.isEmpty() || remedy.level.equals(exitLevel))
                .filter(remedy -> remedy.reason.matcher(exitReason).matches())
                .filter(remedy -> remedy.detail.matcher(exitDetail).matches())
                .findFirst();
    }
}
