package io.trapline.schemas.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What one ISA's KVM can let a guest do with an MSR without an exit (rule R22), from {@code msrs.tsv}.
 *
 * @param since first kernel known to do so; null where every kernel read does
 * @param condition when it does so, in the words of the table
 */
public record MsrPassthrough(int isa, long index, boolean reads, boolean writes, String since, String condition) {
    private static final int INDEX = 0;
    private static final int SINCE = 4;
    private static final int ACCESS = 5;
    private static final int NOTE = 6;
    private static final int COLUMNS = 7;

    private static final List<MsrPassthrough> ALL = read();

    /** All rules of an ISA, by ascending index. */
    public static List<MsrPassthrough> of(int isa) {
        return ALL.stream()
                .filter(rule -> rule.isa == isa)
                .sorted(Comparator.comparingLong(MsrPassthrough::index))
                .toList();
    }

    private static List<MsrPassthrough> read() {
        List<MsrPassthrough> rules = new ArrayList<>();
        for (String[] row : TsvTable.rows("msrs.tsv", COLUMNS)) {
            add(ExitReasons.VMX, "vmx:", row, rules);
            add(ExitReasons.SVM, "svm:", row, rules);
        }
        return List.copyOf(rules);
    }

    private static void add(int isa, String prefix, String[] row, List<MsrPassthrough> rules) {
        String access = part(row[ACCESS], prefix);
        if (access == null) {
            return;
        }
        // What stands in brackets needs more than the rest.
        String letters = access.replaceFirst("\\(.*", "");
        rules.add(new MsrPassthrough(
                isa,
                Long.parseUnsignedLong(row[INDEX].substring(2), 16),
                letters.contains("R"),
                letters.contains("W"),
                since(part(row[SINCE], prefix)),
                condition(row[NOTE], isa)));
    }

    /** A cell says {@code vmx:...;svm:...}, or one of them. */
    private static String part(String cell, String prefix) {
        return Arrays.stream(cell.split(";"))
                .filter(part -> part.startsWith(prefix))
                .map(part -> part.substring(prefix.length()))
                .findFirst()
                .orElse(null);
    }

    /** {@code <=5.4}, {@code 5.17}, or a range of which only the end is sure. */
    private static String since(String text) {
        if (text.startsWith("<=")) {
            return null;
        }
        return text.contains("..") ? text.substring(text.indexOf("..") + 2) : text;
    }

    /** A note may speak of each ISA in turn. */
    private static String condition(String note, int isa) {
        String own = isa == ExitReasons.VMX ? "VMX: " : "SVM: ";
        String other = isa == ExitReasons.VMX ? "SVM: " : "VMX: ";
        List<String> parts = Arrays.stream(note.split("; "))
                .filter(part -> !part.startsWith(other))
                .map(part -> part.startsWith(own) ? part.substring(own.length()) : part)
                .toList();
        return parts.isEmpty() ? "always" : String.join("; ", parts);
    }
}
