package io.trapline.producer.tracepoint;

import io.trapline.producer.line.LineCursor;
import io.trapline.producer.line.NameTable;
import io.trapline.producer.line.Text;
import io.trapline.schemas.event.EventKind;
import java.util.ArrayList;
import java.util.List;

/**
 * A body that names its fields: {@code exit_reason=1024 guest_rip=0x100000 …} of {@code trace-cmd report -R} and of what
 * libtraceevent fails to format, and {@code exit_reason=0x400 (1024) …} of the kernel's option {@code fields} (6.4). The
 * fields are the kernel's own (its format files) and come in any order. One that we do not know makes the body unreadable:
 * a newer kernel's field is not to be dropped silently.
 */
final class FieldsForm implements EventParser {
    private static final byte[] EQUALS = Text.of("=");
    private static final byte[] MINUS = Text.of("-");
    private static final byte[] ARRAY = Text.of("ARRAY[");
    private static final byte[] OPEN_BRACE = Text.of("{");
    private static final byte[] CLOSE_BRACE = Text.of("}");
    private static final byte[] COMMA = Text.of(",");
    private static final byte[] QUOTE = Text.of("'");
    private static final byte[] BLANK_OPEN = Text.of(" (");

    /** What becomes of a field's value. */
    @FunctionalInterface
    interface Place {
        void take(EventDraft draft, long value);
    }

    /** {@code hex}: digits without {@code 0x} are hexadecimal; {@code place} null: bytes of an instruction. */
    private record Field(Place place, boolean hex, boolean wholeInHex, long bit) {}

    private final EventKind kind;
    private final NameTable<Field> fields = new NameTable<>();
    private final List<Integer> loweredFlags = new ArrayList<>();
    private long required;
    private int count;
    private Place whole = (draft, present) -> {};

    FieldsForm(EventKind kind) {
        this.kind = kind;
    }

    /** A number into a slot, decimal where it has no {@code 0x}. */
    FieldsForm decimal(String name, int slot) {
        return add(name, false, true, (draft, value) -> draft.set(slot, value));
    }

    /** A number into a slot, hexadecimal even without {@code 0x}. */
    FieldsForm hex(String name, int slot) {
        return add(name, true, true, (draft, value) -> draft.set(slot, value));
    }

    FieldsForm flag(String name, int slot) {
        return add(name, false, true, (draft, value) -> draft.set(slot, value != 0));
    }

    /** A field of which the value goes somewhere else. */
    FieldsForm decimal(String name, Place place) {
        return add(name, false, true, place);
    }

    FieldsForm hex(String name, Place place) {
        return add(name, true, true, place);
    }

    /** A field that older kernels do not have. */
    FieldsForm newer(String name, boolean hex, Place place) {
        return add(name, hex, false, place);
    }

    /** A number of which libtraceevent prints only what the first use of it takes: whole only where it has {@code 0x}. */
    FieldsForm wholeInHex(String name, int slot) {
        long bit = 1L << count++;
        required |= bit;
        fields.put(name, new Field((draft, value) -> draft.set(slot, value), false, true, bit));
        return this;
    }

    /** The bytes of an instruction, {@code ARRAY[0f, 32, …]}: kept until the number of those that count is known. */
    FieldsForm instruction(String name) {
        long bit = 1L << count++;
        required |= bit;
        fields.put(name, new Field(null, true, false, bit));
        return this;
    }

    /** A flag that kernels without such a field do not raise. */
    FieldsForm newerFlag(String name, int slot) {
        loweredFlags.add(slot);
        return add(name, false, false, (draft, value) -> draft.set(slot, value != 0));
    }

    /** What follows from all fields together; its value has a bit for each field that was there, in their order here. */
    FieldsForm whole(Place place) {
        whole = place;
        return this;
    }

    private FieldsForm add(String name, boolean hex, boolean isRequired, Place place) {
        long bit = 1L << count++;
        required |= isRequired ? bit : 0;
        fields.put(name, new Field(place, hex, false, bit));
        return this;
    }

    /** Whether a body looks like this form: a name, and an equals sign behind it. */
    static boolean looksLike(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && isOfName(bytes[at])) {
            at++;
        }
        return at > from && at < end && bytes[at] == '=';
    }

    @Override
    public void parse(LineCursor body, EventDraft draft) {
        draft.begin(kind);
        loweredFlags.forEach(slot -> draft.set(slot, false));
        long present = 0;
        while (body.at() < body.end() && !body.failed()) {
            Field field = next(body);
            if (field == null) {
                body.fail();
                return;
            }
            if (field.wholeInHex && !body.startsWith(Text.HEX)) {
                draft.decline();
            }
            if (field.place == null) {
                readInstruction(body, draft.instructionBytes());
            } else {
                field.place.take(draft, value(body, field.hex));
            }
            present |= field.bit;
            body.skipBlanks();
        }
        if ((present & required) != required) {
            body.fail();
        }
        whole.take(draft, present);
    }

    private Field next(LineCursor body) {
        int from = body.at();
        int to = from;
        while (to < body.end() && isOfName(body.bytes()[to])) {
            to++;
        }
        body.to(to);
        body.expect(EQUALS);
        return fields.get(body.bytes(), from, to);
    }

    /** {@code 1024}, {@code 0x400}, {@code -4}, {@code 0x400 (1024)}, {@code (0)}, {@code 'A'(65)}. */
    static long value(LineCursor body, boolean hex) {
        if (body.skip(QUOTE)) {
            body.to(Math.min(body.end(), body.at() + 1));
            body.expect(QUOTE);
        }
        if (body.skip(Text.OPEN_PARENTHESIS)) {
            long only = signed(body);
            body.expect(Text.CLOSE_PARENTHESIS);
            return only;
        }
        long value = body.skip(Text.HEX) || hex ? body.hex() : signed(body);
        if (body.skip(BLANK_OPEN)) {
            signed(body);
            body.expect(Text.CLOSE_PARENTHESIS);
        }
        return value;
    }

    private static void readInstruction(LineCursor body, InstructionBytes bytes) {
        bytes.reset();
        boolean kernels = body.skip(OPEN_BRACE);
        if (!kernels) {
            body.expect(ARRAY);
        }
        do {
            body.skipBlanks();
            body.skip(Text.HEX);
            bytes.add(body.hex());
        } while (!body.failed() && body.skip(COMMA));
        body.expect(kernels ? CLOSE_BRACE : Text.CLOSE_BRACKET);
    }

    private static long signed(LineCursor body) {
        return body.skip(MINUS) ? -body.decimal() : body.decimal();
    }

    private static boolean isOfName(byte character) {
        return character >= 'a' && character <= 'z'
                || character >= '0' && character <= '9'
                || character >= 'A' && character <= 'Z'
                || character == '_';
    }
}
