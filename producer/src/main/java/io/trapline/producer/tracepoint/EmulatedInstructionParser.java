package io.trapline.producer.tracepoint;

import io.trapline.producer.line.LineCursor;
import io.trapline.producer.line.Text;
import io.trapline.schemas.event.EventFields.EmulatedInstruction;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.table.InstructionModes;

/**
 * kvm_emulate_insn: {@code 0:1004a2:0f 32 (prot64) failed}. libtraceevent's plugin prints {@code 0:1004a2: 0f 32 FAIL},
 * with the name of a guest function behind the address where it knows one, and without the mode.
 */
final class EmulatedInstructionParser implements EventParser {
    static final int LENGTH_MAX = 15;

    private static final byte[] BLANK = Text.of(" ");
    private static final byte[] MODE = Text.of(" (");
    private static final byte[] FAILED = Text.of(" failed");
    private static final byte[] PLUGINS_FAILED = Text.of(" FAIL");

    @Override
    public void parse(LineCursor body, EventDraft draft) {
        draft.begin(EventKind.EMULATED_INSTRUCTION);
        draft.set(EmulatedInstruction.CS_BASE, body.hex());
        draft.set(EmulatedInstruction.RIP, body.expect(Text.COLON).hex());
        body.upTo(Text.COLON);
        body.expect(Text.COLON).skipBlanks();
        if (!body.failed() && !isHexByte(body)) {
            // A libtraceevent with a disassembler prints the instruction instead of its bytes.
            draft.decline();
            return;
        }
        readBytes(body, draft);
        if (body.skip(MODE)) {
            readMode(body, draft);
        }
        draft.set(EmulatedInstruction.FAILED, body.skip(FAILED) || body.skip(PLUGINS_FAILED));
    }

    private static boolean isHexByte(LineCursor body) {
        int at = body.at();
        return at + 1 < body.end()
                && Character.digit(body.bytes()[at], 16) >= 0
                && Character.digit(body.bytes()[at + 1], 16) >= 0
                && (at + 2 == body.end() || body.bytes()[at + 2] == ' ');
    }

    private static void readBytes(LineCursor body, EventDraft draft) {
        InstructionBytes bytes = draft.instructionBytes();
        bytes.reset();
        do {
            int from = body.at();
            bytes.add(body.hex());
            if (body.at() - from != 2) {
                body.fail();
            }
        } while (!body.failed()
                && !body.startsWith(MODE)
                && !body.startsWith(FAILED)
                && !body.startsWith(PLUGINS_FAILED)
                && bytes.count() < LENGTH_MAX
                && body.skip(BLANK)
                && body.at() < body.end());
        bytes.into(draft, bytes.count());
    }

    private static void readMode(LineCursor body, EventDraft draft) {
        int from = body.at();
        int to = body.upTo(Text.CLOSE_PARENTHESIS);
        int mode = InstructionModes.number(Text.string(body.bytes(), from, Math.max(from, to)));
        if (mode < 0) {
            body.to(from);
            mode = (int) body.hexAfter(Text.HEX);
        }
        body.expect(Text.CLOSE_PARENTHESIS);
        draft.set(EmulatedInstruction.MODE, mode);
    }
}
