package io.trapline.producer.tracepoint;

import io.trapline.schemas.event.EventFields.EmulatedInstruction;

/** The bytes of an instruction on their way into the two numbers that an event has for them. */
final class InstructionBytes {
    private static final int LENGTH_MAX = 2 * Long.BYTES;

    private long first;
    private long more;
    private int count;

    void reset() {
        first = 0;
        more = 0;
        count = 0;
    }

    /** One more byte; what does not fit any instruction is counted only. */
    void add(long value) {
        if (count < Long.BYTES) {
            first |= (value & 0xff) << count * Byte.SIZE;
        } else if (count < LENGTH_MAX) {
            more |= (value & 0xff) << (count - Long.BYTES) * Byte.SIZE;
        }
        count++;
    }

    int count() {
        return count;
    }

    /** Sets the first {@code length} of them. */
    void into(EventDraft draft, int length) {
        draft.set(EmulatedInstruction.LENGTH, length);
        draft.set(EmulatedInstruction.BYTES, first & mask(length));
        draft.set(EmulatedInstruction.MORE_BYTES, more & mask(length - Long.BYTES));
    }

    private static long mask(int bytes) {
        if (bytes <= 0) {
            return 0;
        }
        return bytes >= Long.BYTES ? -1L : (1L << bytes * Byte.SIZE) - 1;
    }
}
