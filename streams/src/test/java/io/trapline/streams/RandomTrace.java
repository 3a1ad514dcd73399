package io.trapline.streams;

import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventFields.GuestMsrAccess;
import io.trapline.schemas.event.EventFields.HostMsrAccess;
import io.trapline.schemas.event.EventFields.OtherEvent;
import io.trapline.schemas.event.EventFields.UserspaceExit;
import io.trapline.schemas.event.EventFields.VmExit;
import io.trapline.schemas.event.EventFlags;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.EventLayout;
import io.trapline.schemas.event.StreamKey;
import java.util.Random;

/** Traces from a seed: turns as a kernel would write them, with records dropped, doubled, out of place or senseless. */
public final class RandomTrace {
    private static final String[] REASONS = {
        "CPUID",
        "HLT",
        "MSR_WRITE",
        "MSR_READ",
        "IO_INSTRUCTION",
        "EXTERNAL_INTERRUPT",
        "PREEMPTION_TIMER",
        "EPT_VIOLATION",
        "VMRESUME",
        "CR_ACCESS",
        "VMCALL"
    };
    private static final EventKind[] KINDS = EventKind.values();
    private static final long[] MSRS = {0x1c4, 0x1c5, 0x830, 0x6e0, 0x10};

    private final Random random;
    private final int wildness;

    private RandomTrace(long seed) {
        random = new Random(seed);
        wildness = random.nextInt(4) == 0 ? 3 : random.nextInt(2) * 60;
    }

    /** Some hundred events; one seed in four gives mostly nonsense, others are nearly or wholly legal. */
    public static EventColumns of(long seed) {
        return of(seed, new StreamKey("run", "vm", 0));
    }

    public static EventColumns of(long seed, StreamKey stream) {
        return new RandomTrace(seed).write(new TraceScript(stream)).events();
    }

    private TraceScript write(TraceScript script) {
        if (random.nextInt(3) == 0) {
            script.withoutFlags();
        }
        int turns = 20 + random.nextInt(150);
        for (int i = 0; i < turns; i++) {
            if (wildness > 0 && random.nextInt(wildness) == 0) {
                nonsense(script);
            } else {
                turn(script);
            }
        }
        return script;
    }

    private void turn(TraceScript script) {
        if (random.nextInt(12) == 0) {
            script.after(random.nextInt(900_000_000));
        }
        if (!drop()) {
            enter(script);
        }
        if (random.nextInt(8) == 0) {
            script.exitNm();
        } else if (!drop()) {
            script.at(0xffff_ffff_8100_0000L + random.nextInt(60)).exit(REASONS[random.nextInt(REASONS.length)]);
        }
        if (random.nextInt(5) > 0) {
            script.r(0x1c4, value());
        }
        if (random.nextInt(6) == 0) {
            script.r(0x1c5, value());
        }
        if (random.nextInt(3) == 0) {
            script.w(0x1c5, 0);
        }
        slowPart(script);
        if (random.nextInt(4) == 0) {
            script.w(0x1c5, value());
        }
    }

    private void enter(TraceScript script) {
        switch (random.nextInt(4)) {
            case 0 -> script.entry();
            case 1 -> script.entryAt(random.nextInt(2));
            default -> script.entryAt(random.nextInt(2), 0x80000300L + random.nextInt(16));
        }
    }

    private void slowPart(TraceScript script) {
        switch (random.nextInt(26)) {
            case 0 -> script.cpuid();
            case 1 -> script.g(MSRS[random.nextInt(MSRS.length)], value());
            case 2 -> script.gRead(MSRS[random.nextInt(MSRS.length)], value());
            case 3 -> script.pio(random.nextInt(400), random.nextBoolean());
            case 4 -> script.fpu(false).userspace(2).fpu(true);
            case 5 -> script.nexit("CPUID").nreflect("CPUID");
            case 6 -> script.nenter();
            case 7 -> script.w(0x1c4, value()).g(0x1c4, value());
            case 8 -> script.other("kvm_set_irq", true);
            case 9 -> script.nexitNm().nreflectNm();
            case 10 ->
                script.nenter(0x1000L * random.nextInt(2), random.nextInt(2)).nintercepts(random.nextInt(256), 0);
            case 11 -> script.nexit("MSR_WRITE").g(random.nextInt(30), value());
            case 12 -> script.inj(random.nextInt(16)).virq(random.nextInt(256));
            case 13 -> script.nenterFailed().nintr().smm();
            case 14 -> script.gRefused(MSRS[random.nextInt(2)], value()).inj(random.nextInt(2) + 12, 0, false);
            case 15 -> script.xstate(random.nextBoolean() ? "regs_activated" : "regs_deactivated", value());
            case 16 -> script.fpu(false).xstate("regs_activated", value()).fpu(true);
            case 17 -> script.intercept(1 + random.nextInt(2), MSRS[random.nextInt(2)], true, random.nextBoolean());
            case 18 -> script.exceptionBitmap(1 + random.nextInt(2), random.nextBoolean());
            case 19 -> script.passthrough(random.nextBoolean(), MSRS[random.nextInt(2)]);
            case 20 -> script.mmio(random.nextInt(3), 0xfee0_0000L + random.nextInt(9_000));
            case 21 -> script.pageFault(random.nextInt(100) * 0x1000L);
            case 22 -> script.wakeup(random.nextInt(2) * 400_000L, true);
            case 23 -> script.userspace(random.nextInt(6));
            case 24 -> script.sched(random.nextBoolean() ? "R+" : "S").after(random.nextInt(50_000));
            default -> {}
        }
    }

    private boolean drop() {
        return wildness > 0 && random.nextInt(40) == 0;
    }

    private long value() {
        return random.nextInt(3) == 0 ? 0 : TraceScript.XTILE;
    }

    /** Any event with any numbers in it, from any time. */
    private void nonsense(TraceScript script) {
        EventKind kind = KINDS[random.nextInt(KINDS.length)];
        if (random.nextInt(10) == 0) {
            script.after(-random.nextInt(2_000_000_000));
        }
        script.add(kind, random.nextInt(256) | (random.nextBoolean() ? EventFlags.RECORDED : 0));
        EventColumns events = script.events();
        for (EventLayout.Field field : EventLayout.of(kind).fields()) {
            boolean leave = field.nullable() && random.nextBoolean();
            if (!leave) {
                switch (field.form()) {
                    case NUMBER -> events.set(field.place(), number());
                    case FLAG -> events.set(field.place(), random.nextBoolean());
                    case TEXT -> events.setText(field.place(), "text" + random.nextInt(3));
                }
            }
        }
        makeInteresting(events, kind);
    }

    private long number() {
        return random.nextInt(4) == 0 ? random.nextLong() : random.nextInt(64);
    }

    /** Random numbers seldom mean anything: some get a value that the replay looks for. */
    private void makeInteresting(EventColumns events, EventKind kind) {
        switch (kind) {
            case HOST_MSR_ACCESS -> events.set(HostMsrAccess.INDEX, MSRS[random.nextInt(2)]);
            case GUEST_MSR_ACCESS -> events.set(GuestMsrAccess.INDEX, MSRS[random.nextInt(MSRS.length)]);
            case VM_EXIT -> events.set(VmExit.ISA, random.nextInt(3));
            case USERSPACE_EXIT -> events.set(UserspaceExit.REASON, random.nextBoolean() ? 9 : 2);
            case OTHER_EVENT ->
                events.setText(OtherEvent.NAME, random.nextBoolean() ? "kvm_pv_tlb_flush" : "kvm_apic_ipi");
            default -> {}
        }
    }
}
