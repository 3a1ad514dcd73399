package io.trapline.producer.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.producer.format.ReadOptions;
import io.trapline.producer.format.RecordingImporter;
import io.trapline.producer.source.TraceInput;
import io.trapline.producer.source.UnreadableInput;
import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventKind;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the emulator writes from an exit to the next entry, beside what real kernels wrote. */
class RecordedTurnsTest {
    private static final String ROOT = "src/test/resources/recordings/bochs-amx/";
    private static final List<String> RECORDINGS = List.of(
            ROOT + "direct-linux-6.1/s1-xfd-arm-nm.txt",
            ROOT + "direct-linux-6.1/s2-xfd-armed-amx-unused.txt",
            ROOT + "direct-linux-6.1/s4-nm-loop.txt",
            ROOT + "direct-linux-6.1/s8-irqchip-timer.txt",
            ROOT + "linux-guest-linux-6.1/q1-linux-guest-amx-1vcpu.txt.gz");

    /** Turns of the emulator that these recordings happen not to have; each is put together of parts that they have. */
    private static final Set<String> NOT_RECORDED = Set.of(
            // a page fault after arming, and one while XFD_ERR is pending
            "d exit 48; d r 1c4=0; . page fault; d entry",
            "d exit 48; d r 1c4=40000; . page fault; d entry",
            "d exit 48; d r 1c4=40000; d w 1c5=0; . page fault; d w 1c5=40000; d entry",
            // an interrupt of the host with XFD disarmed, with preemption (R18), or while XFD_ERR is pending
            "d exit 1; d r 1c4=0; d entry",
            "d exit 1; d r 1c4=0; . irq; d entry",
            "d exit 1; d r 1c4=0; d w 1c4=0; d entry",
            "d exit 1; d r 1c4=0; . irq; d w 1c4=0; d entry",
            "d exit 1; d r 1c4=40000; d w 1c5=0; d w 1c5=40000; d entry",
            "d exit 1; d r 1c4=40000; d w 1c5=0; d w 1c4=40000; d w 1c5=40000; d entry",
            "d exit 12; d r 1c4=0; . wakeup; . irq; d w 1c4=0; d entry",
            // an ICR write (R17), which takes two vCPUs to record
            "d exit 32; d apic write 300; d g w 830; d r 1c4=0; . irq; d entry",
            "d exit 32; d apic write 300; d g w 830; d r 1c4=40000; . irq; d entry",
            // XSETBV after arming, as Linux does; the guest of s1 does it before
            "d exit 55; d r 1c4=40000; d entry");

    @Test
    void everyTurnIsOneThatAKernelHasWritten() throws IOException, UnreadableInput {
        Set<String> recorded = new TreeSet<>(NOT_RECORDED);
        for (String recording : RECORDINGS) {
            recorded.addAll(turnsOf(recording));
        }
        EventLog log = new EventLog();

        new Emulator(EmulatorOptions.ofSeed(5).withEvents(300_000).withoutGroundTruth()).run(log);

        assertThat(recorded).containsAll(turns(log));
    }

    private static Set<String> turnsOf(String recording) throws IOException, UnreadableInput {
        EventLog log = new EventLog();
        Set<EventKind> others = EnumSet.of(
                EventKind.OTHER_EVENT,
                EventKind.CR_ACCESS,
                EventKind.HYPERCALL,
                EventKind.EMULATED_INSTRUCTION,
                EventKind.APIC_IPI,
                EventKind.APIC_IRQ_ACCEPTED,
                EventKind.EOI);
        EventColumns kept = new EventColumns();
        try (TraceInput input = TraceInput.open(recording)) {
            new RecordingImporter("run", ReadOptions.NONE, RecordingImporter.CHUNK_EVENTS_MAX, events -> {
                        kept.reset(events.stream(), events.clockHz(), 0);
                        for (int row = 0; row < events.count(); row++) {
                            if (!others.contains(events.kind(row))) {
                                kept.appendFrom(events, row);
                            }
                        }
                        log.accept(kept);
                    })
                    .run(input);
        }
        return turns(log);
    }

    /** From each exit to its entry, without the values that differ from guest to guest. */
    private static Set<String> turns(EventLog log) {
        Set<String> turns = new TreeSet<>();
        StringBuilder turn = new StringBuilder();
        for (String text : log.texts()) {
            if (text.startsWith("d exit")) {
                turn.setLength(0);
            }
            turn.append(turn.isEmpty() ? "" : "; ").append(withoutValue(text));
            if (text.equals("d entry")) {
                turns.add(turn.toString());
            }
        }
        turns.removeIf(complete -> !complete.startsWith("d exit"));
        return turns;
    }

    private static String withoutValue(String text) {
        return text.replaceAll("( g [rw] [0-9a-f]+)=.*", "$1").replaceAll("irq .*", "irq");
    }
}
