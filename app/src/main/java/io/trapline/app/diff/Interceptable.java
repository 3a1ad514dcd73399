package io.trapline.app.diff;

import io.trapline.schemas.table.ExitReasons;
import io.trapline.schemas.table.MsrPassthrough;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Exits that KVM, or L1, takes by choice: where only one run has them, the hypervisors may differ, not the guests. */
final class Interceptable {
    private static final Set<String> BY_CHOICE = Set.of(
            "MSR_READ", "MSR_WRITE", "MSR_READ_IMM", "MSR_WRITE_IMM", "EXCEPTION_NMI", "CR_ACCESS", "msr", "NM excp");

    private static final Pattern MSR = Pattern.compile("0x([0-9a-f]+) (read|write)");
    private static final String L2 = "L2";

    private Interceptable() {}

    /** L1 may want any MSR of L2; of its own guest KVM lets through only those of R22. */
    static boolean is(ExitKind kind) {
        Matcher msr = MSR.matcher(kind.detail());
        boolean byChoice = BY_CHOICE.contains(kind.reason());
        return byChoice && (kind.level().equals(L2) || !msr.matches() || canPass(msr));
    }

    private static boolean canPass(Matcher msr) {
        long index = Long.parseLong(msr.group(1), 16);
        boolean write = msr.group(2).equals("write");
        return canPass(ExitReasons.VMX, index, write) || canPass(ExitReasons.SVM, index, write);
    }

    private static boolean canPass(int isa, long index, boolean write) {
        return MsrPassthrough.of(isa).stream()
                .anyMatch(rule -> rule.index() == index && (write ? rule.writes() : rule.reads()));
    }
}
