package io.trapline.producer.emulator;

import io.trapline.producer.emulator.EventLog.Event;
import io.trapline.schemas.event.EventKind;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks a run against the order of records that an unmodified 6.1 kernel writes (specification 3.3 and the recordings in
 * bochs-amx/direct-linux-6.1), turn by turn. Knows nothing of how the emulator decides.
 */
final class RecordOrder {
    private final List<String> complaints = new ArrayList<>();
    private List<Event> turn = new ArrayList<>();
    private boolean armed;
    private boolean fpuLoaded;
    private boolean inGuest;
    private long guestXfd;
    private long hostXfd = 0x40000;
    private long pendingXfdErr;
    private long time;
    private long turnsArmed;
    private long turnsNm;

    static RecordOrder of(List<Event> events) {
        RecordOrder order = new RecordOrder();
        events.forEach(order::take);
        order.turnEnds();
        order.require(!order.fpuLoaded && !order.inGuest, "the run ends in user space");
        return order;
    }

    List<String> complaints() {
        return complaints;
    }

    /** Turns whose exit had to sync. */
    long turnsArmed() {
        return turnsArmed;
    }

    long turnsNm() {
        return turnsNm;
    }

    private void take(Event event) {
        require(event.time() >= time, "time goes back at " + event);
        time = event.time();
        if (event.kind() == EventKind.VM_EXIT) {
            require(inGuest, "an exit follows an entry");
            inGuest = false;
            turn = new ArrayList<>();
        }
        if (event.kind().isGroundTruth()) {
            truth(event);
            return;
        }
        turn.add(event);
        if (event.text().startsWith("d r 1c4=")) {
            hostXfd = valueOf(event);
        } else if (event.kind() == EventKind.FPU_SWITCH) {
            fpu(event);
        } else if (event.kind() == EventKind.VM_ENTRY) {
            require(!inGuest && fpuLoaded, "an entry follows an exit, with the guest's FPU loaded");
            turnEnds();
            inGuest = true;
        }
    }

    private void truth(Event event) {
        if (event.text().startsWith("d passed w 1c4=")) {
            guestXfd = valueOf(event);
        }
    }

    /** R18. */
    private void fpu(Event event) {
        boolean load = event.is(". fpu load");
        require(fpuLoaded != load, "loads and unloads alternate");
        fpuLoaded = load;
        long wanted = load ? guestXfd : 0x40000;
        String before = turn.size() < 2 ? "" : turn.get(turn.size() - 2).text();
        if (hostXfd != wanted) {
            require(before.equals("b w 1c4=" + Long.toHexString(wanted)), "a swap of XFD stands before its kvm_fpu");
        } else {
            require(!before.startsWith("b w 1c4"), "no WRMSR of the same value at " + before);
        }
        hostXfd = wanted;
    }

    private void turnEnds() {
        if (turn.isEmpty() || turn.get(0).kind() != EventKind.VM_EXIT) {
            return; // before the first entry
        }
        boolean nm = turn.get(0).text().endsWith(" NM");
        boolean complete = turn.get(turn.size() - 1).kind() == EventKind.VM_ENTRY;
        List<String> texts = turn.stream().map(Event::text).toList();
        checkSync(texts, nm);
        checkXfdErr(texts, nm, complete);
        checkArming(texts);
        turn = new ArrayList<>();
    }

    private void checkSync(List<String> texts, boolean nm) {
        List<String> window = window(texts);
        long syncs = window.stream().filter(text -> text.startsWith("d r 1c4")).count();
        require(syncs == (armed ? 1 : 0), "one sync per slow exit, none before arming: " + texts);
        if (armed) {
            turnsArmed++;
            require(window.contains("d r 1c4=" + Long.toHexString(guestXfd)), "the sync reads what the guest wrote");
        }
        if (nm) {
            turnsNm++;
            require(
                    window.equals(List.of("d exit 0 NM", "d r 1c4=40000", "d r 1c5=40000", "d w 1c5=0")),
                    "R15, R12, R16 of an XFD fault: " + window);
        } else {
            require(window.stream().noneMatch(text -> text.startsWith("d r 1c5")), "only a #NM reads XFD_ERR");
        }
    }

    /** R14, R16: a pending value is cleared in the irqoff window and restored right before the entry. */
    private void checkXfdErr(List<String> texts, boolean nm, boolean complete) {
        boolean cleared = window(texts).contains("d w 1c5=0");
        require(cleared == (nm || pendingXfdErr != 0), "XFD_ERR is cleared when it is pending: " + texts);
        pendingXfdErr = nm ? 0x40000 : pendingXfdErr;
        if (texts.contains(". g w 1c5=0")) {
            pendingXfdErr = 0;
        }
        if (nm) {
            require(texts.contains(". inj 7"), "#NM goes back to the guest: " + texts);
        }
        if (complete) {
            boolean restored = texts.get(texts.size() - 2).equals("d w 1c5=40000");
            require(restored == (pendingXfdErr != 0), "XFD_ERR is restored when it is pending: " + texts);
        }
    }

    private void checkArming(List<String> texts) {
        int write = texts.indexOf(". g w 1c4=40000");
        if (write >= 0) {
            require(!armed, "only the first non-zero write of XFD exits");
            require(texts.get(write - 1).equals("b w 1c4=40000"), "WRMSR stands directly before its kvm_msr");
            armed = true;
            guestXfd = 0x40000;
            hostXfd = 0x40000;
        }
    }

    /** From the exit to the first record with IRQs on. */
    private static List<String> window(List<String> texts) {
        int end = 0;
        while (end < texts.size()
                && texts.get(end).startsWith("d ")
                && !texts.get(end).equals("d entry")) {
            end++;
        }
        return texts.subList(0, end);
    }

    private static long valueOf(Event event) {
        return Long.parseLong(event.text().substring(event.text().indexOf('=') + 1), 16);
    }

    private void require(boolean holds, String what) {
        if (!holds) {
            complaints.add(what);
        }
    }
}
