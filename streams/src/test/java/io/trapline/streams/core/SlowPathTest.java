package io.trapline.streams.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventFields.OtherEvent;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.EventText;
import io.trapline.schemas.event.EventView;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SlowPathTest {
    private final EventColumns events = new EventColumns();

    /** Logs of version 1, and texts cut short, have the same tracepoints as other events: the window ends alike. */
    @ParameterizedTest
    @EnumSource(
            names = {
                "APIC_IPI",
                "APIC_IRQ_ACCEPTED",
                "EOI",
                "SMM_TRANSITION",
                "FAST_MMIO",
                "NESTED_INTERRUPT_EXIT",
                "PMC_READ",
                "EMULATED_INSTRUCTION"
            })
    void aTypedRecordEndsTheWindowAsItsNameDoes(EventKind kind) {
        events.append(kind, 0, 0, 0, 1);
        EventView typed = new EventView().on(events, 0);
        String text = EventText.of(typed);
        events.append(EventKind.OTHER_EVENT, 0, 0, 0, 2);
        events.setText(OtherEvent.NAME, text.substring(0, text.indexOf(": ")));
        events.setText(OtherEvent.TEXT, text.substring(text.indexOf(": ") + 2));

        assertThat(SlowPath.writes(typed)).isEqualTo(SlowPath.writes(new EventView().on(events, 1)));
    }

    /** The fast path of an ICR write interrupts another vCPU by itself; what needs the emulator or L1 does not fit there. */
    @ParameterizedTest
    @CsvSource({
        "APIC_IPI, false",
        "APIC_IRQ_ACCEPTED, false",
        "EOI, false",
        "PMC_READ, false",
        "SMM_TRANSITION, true",
        "FAST_MMIO, true",
        "NESTED_INTERRUPT_EXIT, true",
        "EMULATED_INSTRUCTION, true"
    })
    void onlyRecordsThatNeedIrqsOnEndTheWindow(EventKind kind, boolean slow) {
        events.append(kind, 0, 0, 0, 1);

        assertThat(SlowPath.writes(new EventView().on(events, 0))).isEqualTo(slow);
    }
}
