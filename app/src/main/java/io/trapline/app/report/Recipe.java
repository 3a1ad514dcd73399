package io.trapline.app.report;

import io.trapline.schemas.event.EventFamily;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** How to record families of events so that {@code trapline analyze} can read them: one line for a shell. */
final class Recipe {
    private static final String XFD_ONLY = "-f 'msr==0x1c4||msr==0x1c5'";

    private Recipe() {}

    /** The command for all families with these titles; null where no recording can have one of them. */
    static String of(Collection<String> titles) {
        Set<EventFamily> families = EnumSet.noneOf(EventFamily.class);
        titles.forEach(title -> families.add(familyOf(title)));
        if (families.contains(EventFamily.GROUND_TRUTH)) {
            return null;
        }
        Set<String> options = new LinkedHashSet<>();
        // Without entries and exits nothing can be judged.
        options.add(optionFor(EventFamily.EXIT));
        families.forEach(family -> options.add(optionFor(family)));
        // Not `record`: this is the kernel's own text, with the flags that say whether IRQs were off.
        return "trace-cmd start " + String.join(" ", options) + " && cat /sys/kernel/tracing/trace_pipe > trace.txt";
    }

    private static EventFamily familyOf(String title) {
        EventFamily family = EventFamily.ofTitle(title);
        if (family == null) {
            throw new IllegalArgumentException("no family of events has the title " + title);
        }
        return family;
    }

    private static String optionFor(EventFamily family) {
        return switch (family) {
            case ENTRY, EXIT, GUEST_MSR, INJECTION, NESTED, USERSPACE, CPUID, CR, FPU -> "-e kvm";
            case HOST_MSR_XFD -> "-e msr " + XFD_ONLY;
            case XSTATE -> "-e x86_fpu";
            case SCHED -> "-e sched:sched_switch";
            case IRQ -> "-e irq:irq_handler_entry";
            case GROUND_TRUTH -> throw new IllegalArgumentException("only an emulator has " + family.title());
        };
    }
}
