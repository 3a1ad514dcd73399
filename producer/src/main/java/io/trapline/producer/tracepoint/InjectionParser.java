package io.trapline.producer.tracepoint;

import io.trapline.producer.line.LineCursor;
import io.trapline.producer.line.NameTable;
import io.trapline.producer.line.Text;
import io.trapline.schemas.event.EventFields.ExceptionInjected;
import io.trapline.schemas.event.EventFields.InterruptInjected;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.table.ExceptionVectors;

/**
 * kvm_inj_exception and kvm_inj_virq. Up to 5.19 each exception printed an error code, 0 where it has none; stable trees
 * of that age add {@code [reinjected]}.
 */
final class InjectionParser {
    private static final byte[] CODE = Text.of(" (0x");
    private static final byte[] BLANK = Text.of(" ");
    private static final byte[] DECIMAL_IRQ = Text.of("irq ");
    private static final byte[] IRQ = Text.of("IRQ 0x");
    private static final byte[] SOFT = Text.of("Soft/INTn 0x");
    private static final int VECTOR_MAX = 255;

    /** #DF, #TS, #NP, #SS, #GP, #PF, #AC, #CP, #VC, #SX push an error code; bit n is vector n. */
    private static final long VECTORS_WITH_CODE =
            1L << 8 | 1L << 10 | 1L << 11 | 1L << 12 | 1L << 13 | 1L << 14 | 1L << 17 | 1L << 21 | 1L << 29 | 1L << 30;

    private static final NameTable<Integer> VECTORS = vectors();

    private InjectionParser() {}

    static void parseException(LineCursor body, EventDraft draft) {
        draft.begin(EventKind.EXCEPTION_INJECTED);
        int vector = readVector(body);
        draft.set(ExceptionInjected.VECTOR, vector);
        boolean mayHaveCode = vector < Long.SIZE && (VECTORS_WITH_CODE & 1L << vector) != 0;
        if (body.skip(CODE)) {
            long code = body.hex();
            body.expect(Text.CLOSE_PARENTHESIS);
            if (mayHaveCode) {
                draft.set(ExceptionInjected.ERROR_CODE, code);
            } else {
                draft.mark(FormatMark.EXCEPTION_ALWAYS_WITH_CODE);
            }
        } else {
            draft.mark(FormatMark.EXCEPTION_WITHOUT_CODE);
        }
        draft.set(ExceptionInjected.REINJECTED, body.skip(Text.REINJECTED));
    }

    /** A name, or hexadecimal for a vector that has none. */
    private static int readVector(LineCursor body) {
        if (body.skip(Text.HEX)) {
            return checkedVector(body, body.hex());
        }
        int from = body.at();
        int to = from;
        while (to < body.end() && body.bytes()[to] != BLANK[0]) {
            to++;
        }
        Integer vector = VECTORS.get(body.bytes(), from, to);
        body.to(to);
        return checkedVector(body, vector == null ? -1 : vector);
    }

    private static int checkedVector(LineCursor body, long vector) {
        if (vector < 0 || vector > VECTOR_MAX) {
            body.fail();
            return 0;
        }
        return (int) vector;
    }

    static void parseInterrupt(LineCursor body, EventDraft draft) {
        draft.begin(EventKind.INTERRUPT_INJECTED);
        if (body.skip(DECIMAL_IRQ)) {
            draft.set(InterruptInjected.VECTOR, body.decimal(VECTOR_MAX));
            draft.mark(FormatMark.INTERRUPT_DECIMAL);
        } else {
            draft.set(InterruptInjected.SOFT, body.either(SOFT, IRQ));
            draft.set(InterruptInjected.VECTOR, checkedVector(body, body.hex()));
            draft.mark(FormatMark.INTERRUPT_TYPED);
        }
        draft.set(InterruptInjected.REINJECTED, body.skip(Text.REINJECTED));
    }

    private static NameTable<Integer> vectors() {
        NameTable<Integer> table = new NameTable<>();
        for (int vector = 0; vector <= VECTOR_MAX; vector++) {
            table.put(ExceptionVectors.name(vector), vector);
        }
        return table;
    }
}
