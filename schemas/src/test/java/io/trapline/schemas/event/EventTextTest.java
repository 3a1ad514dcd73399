package io.trapline.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.schemas.event.EventFields.ApicIpi;
import io.trapline.schemas.event.EventFields.ApicIrqAccepted;
import io.trapline.schemas.event.EventFields.EmulatedInstruction;
import io.trapline.schemas.event.EventFields.Eoi;
import io.trapline.schemas.event.EventFields.FastMmio;
import io.trapline.schemas.event.EventFields.NestedInterruptExit;
import io.trapline.schemas.event.EventFields.PmcRead;
import io.trapline.schemas.event.EventFields.SmmTransition;
import org.junit.jupiter.api.Test;

/**
 * Raw fields of an event against the line that was printed for them: lines of recordings where one has the event, the
 * tracepoint's print format otherwise. The other kinds are compared with whole recordings, where these are read.
 */
class EventTextTest {
    private final EventColumns events = new EventColumns();

    @Test
    void interruptCommandsNameTheirParts() {
        begin(EventKind.APIC_IPI);
        events.set(ApicIpi.ICR_LOW, 0x4050);
        events.set(ApicIpi.DEST_ID, 1);
        assertText("kvm_apic_ipi: dst 1 vec 80 (Fixed|physical|assert|edge|dst)");
        begin(EventKind.APIC_IPI);
        events.set(ApicIpi.ICR_LOW, 0xf_ffffL);
        events.set(ApicIpi.DEST_ID, 0xffff_ffffL);
        assertText("kvm_apic_ipi: dst ffffffff vec 255 (ExtINT|logical|assert|level|all-but-self)");
        begin(EventKind.APIC_IPI);
        events.set(ApicIpi.ICR_LOW, 0x8500);
        assertText("kvm_apic_ipi: dst 0 vec 0 (INIT|physical|de-assert|level|dst)");
    }

    @Test
    void acceptedInterruptsSayWhoDelivers() {
        begin(EventKind.APIC_IRQ_ACCEPTED);
        events.set(ApicIrqAccepted.APIC_ID, 0);
        events.set(ApicIrqAccepted.VECTOR, 236);
        assertText("kvm_apic_accept_irq: apicid 0 vec 236 (Fixed|edge)");
        events.set(ApicIrqAccepted.APICV, true);
        events.set(ApicIrqAccepted.APIC_ID, 0x1f);
        events.set(ApicIrqAccepted.DELIVERY_MODE, 1);
        events.set(ApicIrqAccepted.LEVEL, true);
        assertText("kvm_apicv_accept_irq: apicid 1f vec 236 (LowPrio|level)");
    }

    @Test
    void endsOfInterruptsMayHaveNoVector() {
        begin(EventKind.EOI);
        events.set(Eoi.APIC_ID, 1);
        events.set(Eoi.VECTOR, 64);
        assertText("kvm_eoi: apicid 1 vector 64");
        events.set(Eoi.PARAVIRTUAL, true);
        events.set(Eoi.VECTOR, -1);
        assertText("kvm_pv_eoi: apicid 1 vector -1");
    }

    @Test
    void emulatedInstructionsShowTheirBytesInOrder() {
        begin(EventKind.EMULATED_INSTRUCTION);
        events.set(EmulatedInstruction.RIP, 0x100208);
        events.set(EmulatedInstruction.LENGTH, 10);
        events.set(EmulatedInstruction.BYTES, 0x000b_0000_02f0_86c7L);
        events.set(EmulatedInstruction.MORE_BYTES, 0);
        events.set(EmulatedInstruction.MODE, 9);
        assertText("kvm_emulate_insn: 0:100208:c7 86 f0 02 00 00 0b 00 00 00 (prot64)");
        events.set(EmulatedInstruction.CS_BASE, 0xffff_0000L);
        events.set(EmulatedInstruction.LENGTH, 9);
        events.set(EmulatedInstruction.BYTES, -1L);
        events.set(EmulatedInstruction.MORE_BYTES, 0xa5);
        events.set(EmulatedInstruction.MODE, 2);
        events.set(EmulatedInstruction.FAILED, true);
        assertText("kvm_emulate_insn: ffff0000:100208:ff ff ff ff ff ff ff ff a5 (0x2) failed");
    }

    /** trace-cmd's plugin leaves the mode out; a length that no instruction has comes from damaged bytes alone. */
    @Test
    void emulatedInstructionsShowNothingThatWasNotThere() {
        begin(EventKind.EMULATED_INSTRUCTION);
        events.set(EmulatedInstruction.RIP, 0x100653);
        events.set(EmulatedInstruction.LENGTH, 1);
        events.set(EmulatedInstruction.BYTES, 0xf4);
        assertText("kvm_emulate_insn: 0:100653:f4");
        events.set(EmulatedInstruction.LENGTH, Integer.MAX_VALUE);
        assertText("kvm_emulate_insn: 0:100653:f4" + " 00".repeat(14));
    }

    @Test
    void theOthersPrintAsTheirFormatsSay() {
        begin(EventKind.SMM_TRANSITION);
        events.set(SmmTransition.VCPU, 3);
        events.set(SmmTransition.ENTERING, true);
        events.set(SmmTransition.SMBASE, 0x30000);
        assertText("kvm_smm_transition: vcpu 3: entering SMM, smbase 0x30000");
        events.set(SmmTransition.ENTERING, false);
        assertText("kvm_smm_transition: vcpu 3: leaving SMM, smbase 0x30000");
        begin(EventKind.FAST_MMIO);
        events.set(FastMmio.GPA, 0xfee0_1000L);
        assertText("kvm_fast_mmio: fast mmio at gpa 0xfee01000");
        begin(EventKind.NESTED_INTERRUPT_EXIT);
        events.set(NestedInterruptExit.RIP, 0x1234);
        assertText("kvm_nested_intr_vmexit: rip: 0x0000000000001234");
        begin(EventKind.PMC_READ);
        events.set(PmcRead.COUNTER, 0x4000_0000L);
        events.set(PmcRead.VALUE, -1);
        assertText("rdpmc: 40000000, value ffffffffffffffff");
        events.set(PmcRead.FAILED, true);
        assertText("rdpmc: 40000000, value ffffffffffffffff #GP");
    }

    private void begin(EventKind kind) {
        events.append(kind, 0, 0, EventFlags.NONE, 1);
    }

    private void assertText(String line) {
        assertThat(EventText.of(new EventView().on(events, events.count() - 1))).isEqualTo(line);
    }
}
