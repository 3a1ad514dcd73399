package io.trapline.producer.tracepoint;

import io.trapline.producer.line.LineCursor;
import io.trapline.producer.line.NameTable;
import io.trapline.producer.line.Text;
import io.trapline.schemas.event.EventFields.ApicEvent;
import io.trapline.schemas.event.EventFields.FastMmio;
import io.trapline.schemas.event.EventFields.Mmio;
import io.trapline.schemas.event.EventFields.PortIo;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.table.ApicRegisters;

/** kvm_pio, kvm_mmio and kvm_apic. */
final class IoParser {
    private static final byte[] PIO_WRITE = Text.of("pio_write at 0x");
    private static final byte[] PIO_READ = Text.of("pio_read at 0x");
    private static final byte[] SIZE = Text.of(" size ");
    private static final byte[] COUNT = Text.of(" count ");
    private static final byte[] VAL = Text.of(" val 0x");
    private static final byte[] MORE = Text.of("(...)");
    private static final int NUMBER_MAX = Integer.MAX_VALUE;

    private static final byte[] MMIO = Text.of("mmio ");
    private static final byte[] LEN = Text.of(" len ");
    private static final byte[] GPA = Text.of(" gpa 0x");
    private static final byte[][] MMIO_TYPES = {Text.of("unsatisfied-read"), Text.of("read"), Text.of("write")};

    private static final byte[] FAST_MMIO_GPA = Text.of("fast mmio at gpa 0x");

    private static final byte[] APIC_WRITE = Text.of("apic_write ");
    private static final byte[] APIC_READ = Text.of("apic_read ");
    private static final int APIC_PAGE_BYTES = 4_096;
    private static final NameTable<Integer> APIC_REGISTERS = apicRegisters();

    private IoParser() {}

    /** {@code pio_write at 0x80 size 1 count 1 val 0x0 (...)}; the blank before the parenthesis is always there. */
    static void parsePort(LineCursor body, EventDraft draft) {
        draft.begin(EventKind.PORT_IO);
        draft.set(PortIo.WRITE, body.either(PIO_WRITE, PIO_READ));
        draft.set(PortIo.PORT, body.hex());
        draft.set(PortIo.SIZE, body.expect(SIZE).decimal(NUMBER_MAX));
        draft.set(PortIo.REPEAT, body.expect(COUNT).decimal(NUMBER_MAX));
        draft.set(PortIo.VAL, body.hexAfter(VAL));
        body.skipBlanks();
        body.skip(MORE);
    }

    /** {@code mmio write len 4 gpa 0xfee000f0 val 0x1ff}. */
    static void parseMmio(LineCursor body, EventDraft draft) {
        draft.begin(EventKind.MMIO);
        body.expect(MMIO);
        int type = 0;
        while (type < MMIO_TYPES.length && !body.skip(MMIO_TYPES[type])) {
            type++;
        }
        draft.set(Mmio.TYPE, type);
        // No type at all: what follows does not fit either.
        draft.set(Mmio.LEN, body.expect(LEN).decimal(NUMBER_MAX));
        draft.set(Mmio.GPA, body.hexAfter(GPA));
        draft.set(Mmio.VAL, body.hexAfter(VAL));
    }

    /** {@code fast mmio at gpa 0xfe003000}. */
    static void parseFastMmio(LineCursor body, EventDraft draft) {
        draft.begin(EventKind.FAST_MMIO);
        draft.set(FastMmio.GPA, body.hexAfter(FAST_MMIO_GPA));
    }

    /** {@code apic_write APIC_EOI = 0x0}. */
    static void parseApic(LineCursor body, EventDraft draft) {
        draft.begin(EventKind.APIC_EVENT);
        draft.set(ApicEvent.WRITE, body.either(APIC_WRITE, APIC_READ));
        int from = body.at();
        Integer register = APIC_REGISTERS.get(body.bytes(), from, body.upTo(Text.EQUALS_HEX));
        if (register == null) {
            body.fail();
            return;
        }
        draft.set(ApicEvent.REGISTER, register);
        draft.set(ApicEvent.VAL, body.hexAfter(Text.EQUALS_HEX));
    }

    /** Every offset as it prints, with a name or without. */
    private static NameTable<Integer> apicRegisters() {
        NameTable<Integer> table = new NameTable<>();
        for (int offset = 0; offset < APIC_PAGE_BYTES; offset++) {
            table.put(ApicRegisters.name(offset), offset);
        }
        return table;
    }
}
