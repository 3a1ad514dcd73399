package io.trapline.app.report;

import io.trapline.streams.cost.AccessView;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Where {@code perf kvm stat report} says otherwise of the same trace, and why: only what concerns this one. */
final class PerfDifferences {
    private PerfDifferences() {}

    static List<String> of(SummaryDocument document, PerfView view) {
        List<String> lines = new ArrayList<>();
        if (view == PerfView.VMEXIT) {
            addFirstExits(document, lines);
            addOpen(document, lines);
        }
        addLosses(document, lines);
        addOthers(document, view, lines);
        if (document.exits().stream().map(ExitCost::level).distinct().count() > 1) {
            lines.add(
                    "The exits of L1 and of L2 are one row a reason here, as in perf; --format text tells them apart.");
        }
        if (document.run().vcpus() > 1) {
            lines.add("perf report --vcpu prints Min Time 0.00us for every row; here --vcpu has the true minimum.");
        }
        if (document.exits().stream()
                .anyMatch(exit -> exit.isHalt() && exit.time().samples() > 0)) {
            lines.add("Halts are among the rows and in the totals, as in perf, though nobody pays for them;"
                    + " --format text leaves them out of the cost.");
        }
        return lines;
    }

    private static void addFirstExits(SummaryDocument document, List<String> lines) {
        List<AccessCost> first = PerfRow.accesses(document, AccessView.FIRST_EXIT);
        if (first.isEmpty()) {
            return;
        }
        long samples = first.stream().mapToLong(exit -> exit.time().samples()).sum();
        String rows = first.stream()
                .collect(Collectors.groupingBy(
                        AccessCost::access,
                        TreeMap::new,
                        Collectors.summingLong(exit -> exit.time().samples())))
                .entrySet()
                .stream()
                .map(row -> row.getKey() + " " + row.getValue())
                .collect(Collectors.joining(", "));
        lines.add("perf knows a vCPU from its first kvm_entry on and leaves out the exit before it: it has "
                + HumanFigures.counted(samples, "sample") + " fewer (" + Lines.safe(rows) + ").");
    }

    private static void addOpen(SummaryDocument document, List<String> lines) {
        long open = document.exits().stream().mapToLong(ExitCost::open).sum();
        if (open > 0) {
            lines.add(HumanFigures.counted(open, "exit") + " without a following kvm_entry "
                    + (open == 1 ? "is" : "are") + " in no row, as in perf.");
        }
    }

    private static void addLosses(SummaryDocument document, List<String> lines) {
        if (document.audit().gaps() > 0) {
            lines.add("The recording lost events in "
                    + HumanFigures.counted(document.audit().gaps(), "place")
                    + ": perf takes the exit before one and the entry after it for a pair, here they are none.");
        }
    }

    private static void addOthers(SummaryDocument document, PerfView view, List<String> lines) {
        boolean others =
                PerfRow.of(document, view).stream().anyMatch(row -> row.name().equals("other"));
        if (others) {
            lines.add("The row 'other' holds what came after the first 256 rows of one vCPU; perf has a row for each.");
        }
    }
}
