package io.trapline.producer.ftrace;

import io.trapline.schemas.table.ExitReasons;

/** Looks printed exit reasons up without making a string of each: what was asked once is remembered. */
final class ReasonNames {
    /** A printed reason and what it means; number -1 where no kernel prints it. */
    record Reason(int isa, long number) {}

    /** More different reasons than any kernel has: what comes after is looked up each time. */
    private static final int REMEMBERED_MAX = 4_096;

    private final NameTable<Reason> remembered = new NameTable<>();

    Reason of(byte[] bytes, int from, int to) {
        Reason known = remembered.get(bytes, from, to);
        return known != null ? known : lookUp(Text.string(bytes, from, to));
    }

    private Reason lookUp(String printed) {
        int isa = ExitReasons.isaOf(printed);
        Reason reason = new Reason(isa, ExitReasons.number(isa, printed));
        if (remembered.size() < REMEMBERED_MAX) {
            remembered.put(printed, reason);
        }
        return reason;
    }
}
