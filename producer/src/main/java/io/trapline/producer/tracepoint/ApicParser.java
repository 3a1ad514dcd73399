package io.trapline.producer.tracepoint;

import io.trapline.producer.line.LineCursor;
import io.trapline.producer.line.Text;
import io.trapline.schemas.event.EventFields.ApicIpi;
import io.trapline.schemas.event.EventFields.ApicIrqAccepted;
import io.trapline.schemas.event.EventFields.Eoi;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.table.InterruptCommand;

/** kvm_apic_ipi, kvm_apic_accept_irq, kvm_apicv_accept_irq, kvm_eoi and kvm_pv_eoi. */
final class ApicParser {
    private static final int VECTOR_MAX = 255;

    private static final byte[] DST = Text.of("dst ");
    private static final byte[] APIC_ID = Text.of("apicid ");
    private static final byte[] VEC = Text.of(" vec ");
    private static final byte[] VECTOR = Text.of(" vector ");
    private static final byte[] NO_VECTOR = Text.of("-1");
    private static final byte[] OPEN = Text.of(" (");
    private static final byte[] BAR = Text.of("|");
    private static final byte[] LOGICAL = Text.of("logical|");
    private static final byte[] PHYSICAL = Text.of("physical|");
    private static final byte[] ASSERT = Text.of("assert|");
    private static final byte[] DE_ASSERT = Text.of("de-assert|");
    private static final byte[] LEVEL = Text.of("level");
    private static final byte[] EDGE = Text.of("edge");

    private ApicParser() {}

    /** {@code dst 1 vec 80 (Fixed|physical|assert|edge|dst)}. */
    static void parseIpi(LineCursor body, EventDraft draft) {
        draft.begin(EventKind.APIC_IPI);
        draft.set(ApicIpi.DEST_ID, body.hexAfter(DST));
        int vector = body.expect(VEC).decimal(VECTOR_MAX);
        int mode = InterruptCommand.deliveryModeNumber(name(body.expect(OPEN), BAR));
        boolean logical = body.expect(BAR).either(LOGICAL, PHYSICAL);
        boolean asserted = body.either(ASSERT, DE_ASSERT);
        boolean level = body.either(LEVEL, EDGE);
        int shorthand = InterruptCommand.shorthandNumber(name(body.expect(BAR), Text.CLOSE_PARENTHESIS));
        body.expect(Text.CLOSE_PARENTHESIS);
        if (body.failed() || mode < 0 || shorthand < 0) {
            body.fail();
            return;
        }
        draft.set(ApicIpi.ICR_LOW, InterruptCommand.of(vector, mode, logical, asserted, level, shorthand));
    }

    /** {@code apicid 0 vec 64 (Fixed|edge)}. */
    static void parseAccepted(LineCursor body, EventDraft draft, boolean apicv) {
        draft.begin(EventKind.APIC_IRQ_ACCEPTED);
        draft.set(ApicIrqAccepted.APICV, apicv);
        draft.set(ApicIrqAccepted.APIC_ID, body.hexAfter(APIC_ID));
        draft.set(ApicIrqAccepted.VECTOR, body.expect(VEC).decimal(VECTOR_MAX));
        int mode = InterruptCommand.deliveryModeNumber(name(body.expect(OPEN), BAR));
        draft.set(ApicIrqAccepted.DELIVERY_MODE, mode);
        draft.set(ApicIrqAccepted.LEVEL, body.expect(BAR).either(LEVEL, EDGE));
        body.expect(Text.CLOSE_PARENTHESIS);
        if (mode < 0) {
            body.fail();
        }
    }

    /** {@code apicid 0 vector 64}; -1 where the guest ends an interrupt that it is not in. */
    static void parseEoi(LineCursor body, EventDraft draft, boolean paravirtual) {
        draft.begin(EventKind.EOI);
        draft.set(Eoi.PARAVIRTUAL, paravirtual);
        draft.set(Eoi.APIC_ID, body.hexAfter(APIC_ID));
        body.expect(VECTOR);
        draft.set(Eoi.VECTOR, body.skip(NO_VECTOR) ? -1 : body.decimal(VECTOR_MAX));
    }

    private static String name(LineCursor body, byte[] end) {
        int from = body.at();
        return Text.string(body.bytes(), from, Math.max(from, body.upTo(end)));
    }
}
