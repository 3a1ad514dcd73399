package io.trapline.app.report;

import io.trapline.schemas.event.EventFamily;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** How to get families of events that {@code trapline analyze} misses: one line for a shell. */
final class Recipe {
    private static final String XFD_ONLY = "-f 'msr==0x1c4||msr==0x1c5'";

    /** The kernel's own text of a trace.dat: the plugin of trace-cmd leaves fields of kvm_exit out. */
    private static final String PRINT_AGAIN = "trace-cmd report -N > trace.txt # for kernels from 5.10 on";

    private Recipe() {}

    /**
     * The command for what is missing of the families that are needed, both by their titles: what was recorded and only
     * printed without it is printed again; otherwise the next recording gets all that is needed, not only what this one
     * lacks. Null where no recording, or none of this kernel, can have one of them.
     */
    static String of(Collection<String> missing, Collection<String> needs) {
        Set<EventFamily> families = familiesOf(needs);
        if (families.contains(EventFamily.GROUND_TRUTH)) {
            return null;
        }
        if (familiesOf(missing).equals(EnumSet.of(EventFamily.ENTRY_INJECTION))) {
            // Entries were recorded: their kernel is older than 6.14, and prints no more of them.
            return null;
        }
        if (familiesOf(missing).equals(EnumSet.of(EventFamily.EXCEPTION))) {
            return PRINT_AGAIN;
        }
        Set<String> options = new LinkedHashSet<>();
        // Without entries and exits nothing can be judged.
        options.add(optionFor(EventFamily.EXIT));
        families.forEach(family -> options.add(optionFor(family)));
        // Not `record`: this is the kernel's own text, with the flags that say whether IRQs were off.
        return "trace-cmd start " + String.join(" ", options) + " && cat /sys/kernel/tracing/trace_pipe > trace.txt";
    }

    private static Set<EventFamily> familiesOf(Collection<String> titles) {
        Set<EventFamily> families = EnumSet.noneOf(EventFamily.class);
        titles.forEach(title -> families.add(familyOf(title)));
        return families;
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
            case ENTRY,
                    ENTRY_INJECTION,
                    EXIT,
                    EXCEPTION,
                    GUEST_MSR,
                    INJECTION,
                    NESTED,
                    NESTED_ENTRY,
                    NESTED_EXIT,
                    NESTED_REFLECTED,
                    NESTED_INTERCEPTS,
                    USERSPACE,
                    CPUID,
                    CR,
                    FPU -> "-e kvm";
            case HOST_MSR_XFD, HOST_READ_XFD, HOST_WRITE_XFD -> "-e msr " + XFD_ONLY;
            case XSTATE -> "-e x86_fpu";
            case SCHED -> "-e sched:sched_switch";
            case IRQ -> "-e irq:irq_handler_entry";
            case GROUND_TRUTH -> throw new IllegalArgumentException("only an emulator has " + family.title());
        };
    }
}
