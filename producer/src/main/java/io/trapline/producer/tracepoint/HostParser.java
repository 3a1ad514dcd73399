package io.trapline.producer.tracepoint;

import io.trapline.producer.line.LineCursor;
import io.trapline.producer.line.Text;
import io.trapline.schemas.event.EventFields.IrqEntry;
import io.trapline.schemas.event.EventFields.PmcRead;
import io.trapline.schemas.event.EventFields.SchedSwitch;
import io.trapline.schemas.event.EventKind;

/** What the host does between the exits: sched_switch, irq_handler_entry, irq_vectors:*_entry and rdpmc. */
final class HostParser {
    private static final int PID_MAX = Integer.MAX_VALUE;

    private static final byte[] PREV_COMM = Text.of("prev_comm=");
    private static final byte[] PREV_PID = Text.of(" prev_pid=");
    private static final byte[] PREV_PRIO = Text.of(" prev_prio=");
    private static final byte[] PREV_STATE = Text.of(" prev_state=");
    private static final byte[] NEXT_COMM = Text.of(" next_comm=");
    private static final byte[] NEXT_PID = Text.of(" next_pid=");
    private static final byte[] NEXT_PRIO = Text.of(" next_prio=");
    private static final byte[] ARROW = Text.of(" ==>");
    private static final byte[] PLUGINS_ARROW = Text.of(" ==> ");
    private static final byte[] PLUGINS_PRIO = Text.of(" [");
    private static final byte[] PLUGINS_STATE = Text.of("] ");

    private static final byte[] VECTOR = Text.of("vector=");
    private static final byte[] IRQ = Text.of("irq=");
    private static final byte[] NAME = Text.of(" name=");
    private static final byte[] VALUE = Text.of(", value ");
    private static final byte[] GP = Text.of(" #GP");

    private HostParser() {}

    /**
     * {@code prev_comm=sh prev_pid=145 prev_prio=120 prev_state=R ==> next_comm=tee next_pid=146 next_prio=120}; raw
     * without the arrow; and {@code sh:145 [120] R ==> tee:146 [120]} of libtraceevent's plugin. A comm may hold anything.
     */
    static void parseSwitch(LineCursor body, EventDraft draft) {
        draft.begin(EventKind.SCHED_SWITCH);
        if (!body.skip(PREV_COMM)) {
            parsePluginsSwitch(body, draft);
            return;
        }
        // From the right: a comm may look like the fields behind it.
        int nextPrio = last(body, body.end(), NEXT_PRIO);
        int nextPid = last(body, nextPrio, NEXT_PID);
        int nextComm = last(body, nextPid, NEXT_COMM);
        int prevState = last(body, nextComm, PREV_STATE);
        int prevPrio = last(body, prevState, PREV_PRIO);
        int prevPid = last(body, prevPrio, PREV_PID);
        if (prevPid < 0) {
            body.fail();
            return;
        }
        byte[] line = body.bytes();
        draft.setText(SchedSwitch.PREV_COMM, Text.string(line, body.at(), prevPid));
        draft.set(SchedSwitch.PREV_PID, numberAt(body, prevPid, PREV_PID));
        draft.set(SchedSwitch.PREV_PRIO, numberAt(body, prevPrio, PREV_PRIO));
        draft.setText(SchedSwitch.PREV_STATE, state(body, prevState + PREV_STATE.length, nextComm));
        draft.setText(SchedSwitch.NEXT_COMM, Text.string(line, nextComm + NEXT_COMM.length, nextPid));
        draft.set(SchedSwitch.NEXT_PID, numberAt(body, nextPid, NEXT_PID));
        draft.set(SchedSwitch.NEXT_PRIO, numberAt(body, nextPrio, NEXT_PRIO));
    }

    /** Where a field begins for the last time before {@code to}; -1 also where {@code to} is. */
    private static int last(LineCursor body, int to, byte[] literal) {
        return to < 0 ? -1 : Text.lastIndexOf(body.bytes(), body.at(), to, literal);
    }

    private static long numberAt(LineCursor body, int field, byte[] literal) {
        body.to(field);
        return FieldsForm.value(body.expect(literal), false);
    }

    /** The state, and the arrow behind it where it is printed. */
    private static String state(LineCursor body, int from, int to) {
        int arrow = to - ARROW.length;
        boolean printed = arrow > from && Text.string(body.bytes(), arrow, to).equals(" ==>");
        return Text.string(body.bytes(), from, printed ? arrow : Math.max(from, to));
    }

    private static void parsePluginsSwitch(LineCursor body, EventDraft draft) {
        int arrow = find(body, PLUGINS_ARROW);
        readTask(body, draft, arrow, SchedSwitch.PREV_COMM, SchedSwitch.PREV_PID, SchedSwitch.PREV_PRIO);
        body.expect(PLUGINS_STATE);
        draft.setText(SchedSwitch.PREV_STATE, textUpTo(body, PLUGINS_ARROW));
        body.expect(PLUGINS_ARROW);
        readTask(body, draft, body.end(), SchedSwitch.NEXT_COMM, SchedSwitch.NEXT_PID, SchedSwitch.NEXT_PRIO);
        body.expect(Text.CLOSE_BRACKET);
    }

    private static int find(LineCursor body, byte[] literal) {
        int at = body.at();
        int found = body.upTo(literal);
        body.to(at);
        return found;
    }

    /** {@code comm:pid [prio}, where the comm may have colons and brackets of its own: the last ones count. */
    private static void readTask(LineCursor body, EventDraft draft, int end, int commPlace, int pidSlot, int prioSlot) {
        int from = body.at();
        int bracket = Text.lastIndexOf(body.bytes(), from, end, PLUGINS_PRIO);
        int colon = bracket < 0 ? -1 : Text.lastIndexOf(body.bytes(), from, bracket, Text.COLON);
        if (colon < 0) {
            body.fail();
            return;
        }
        draft.setText(commPlace, Text.string(body.bytes(), from, colon));
        body.to(colon + 1);
        draft.set(pidSlot, body.decimal(PID_MAX));
        draft.set(prioSlot, body.expect(PLUGINS_PRIO).decimal(PID_MAX));
    }

    private static String textUpTo(LineCursor body, byte[] literal) {
        int from = body.at();
        return Text.string(body.bytes(), from, Math.max(from, body.upTo(literal)));
    }

    /** {@code vector=236} of the host interrupt {@code name}. */
    static void parseVector(LineCursor body, EventDraft draft, String name) {
        draft.begin(EventKind.IRQ_ENTRY);
        draft.setText(IrqEntry.NAME, name);
        draft.set(IrqEntry.VECTOR, FieldsForm.value(body.expect(VECTOR), false));
    }

    /** {@code irq=24 name=virtio0-input.0}. */
    static void parseHandler(LineCursor body, EventDraft draft) {
        draft.begin(EventKind.IRQ_ENTRY);
        draft.set(IrqEntry.VECTOR, FieldsForm.value(body.expect(IRQ), false));
        int from = body.expect(NAME).at();
        draft.setText(IrqEntry.NAME, Text.string(body.bytes(), from, Math.max(from, body.end())));
        body.to(body.end());
    }

    /** {@code 0, value 123 #GP}. */
    static void parsePmc(LineCursor body, EventDraft draft) {
        draft.begin(EventKind.PMC_READ);
        draft.set(PmcRead.COUNTER, body.hex());
        draft.set(PmcRead.VALUE, body.hexAfter(VALUE));
        draft.set(PmcRead.FAILED, body.skip(GP));
    }
}
