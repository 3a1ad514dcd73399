package io.trapline.app.report;

import io.trapline.producer.emulator.CostFile;
import io.trapline.producer.emulator.CostFile.Cost;
import java.util.List;

/**
 * What KVM's decisions cost in cycles: the entries of a cost file that the formula of the specification, 5.5, multiplies
 * counts with.
 *
 * @param exit an exit with a handler that does nothing more, and the entry after it
 * @param injection delivering an exception
 * @param eb01Refresh comparing vmcs01's exception bitmap at a nested exit
 */
public record CycleCosts(Cost exit, Cost rdmsr, Cost wrmsr, Cost injection, Cost eb01Refresh) {
    /** Those of the file that ships with Trapline. */
    public static CycleCosts defaults() {
        return of(CostFile.SERVER);
    }

    public static CycleCosts of(CostFile file) {
        return new CycleCosts(
                file.cost(CostFile.EXIT_ROUND_TRIP),
                file.cost(CostFile.RDMSR),
                file.cost(CostFile.WRMSR),
                file.cost(CostFile.INJECTION),
                file.cost(CostFile.EB01_REFRESH));
    }

    /** All of them, in the order of the file that ships. */
    public List<Cost> all() {
        return List.of(exit, rdmsr, wrmsr, injection, eb01Refresh);
    }
}
