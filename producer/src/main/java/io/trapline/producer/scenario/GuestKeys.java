package io.trapline.producer.scenario;

import io.trapline.producer.emulator.guest.GuestMix;
import io.trapline.producer.emulator.guest.GuestMix.ArmsXfd;
import io.trapline.producer.emulator.guest.GuestStep;
import java.util.EnumMap;
import java.util.Map;

/** The keys of a guest program: what {@code guest} of a VM and of its {@code nested} hold. */
final class GuestKeys {
    private static final Map<String, ArmsXfd> ARMS_XFD =
            Map.of("at-boot", ArmsXfd.AT_BOOT, "at-first-tick", ArmsXfd.AT_FIRST_TICK, "never", ArmsXfd.NEVER);

    private static final GuestMix USUAL = GuestMix.linux(2, 2);

    private GuestKeys() {}

    /** {@code guestXfd}: whether the guest's CPUID has XFD. A guest that is not described has two tasks of each kind it can have. */
    static GuestMix read(YamlMapping guest, boolean guestXfd) {
        ArmsXfd armsXfd = guest.choice("arms-xfd", ARMS_XFD, guestXfd ? ArmsXfd.AT_BOOT : ArmsXfd.NEVER);
        if (armsXfd != ArmsXfd.NEVER && !guestXfd) {
            guest.problem(
                    "arms-xfd", "This guest's CPUID has no XFD: leave arms-xfd out, or set the VM's amx to true.");
        }
        boolean described = guest.has("tasks");
        YamlMapping tasks = guest.mapping("tasks");
        int amx = tasks.number("amx", 0, GuestMix.TASKS_MAX, described || !guestXfd ? 0 : USUAL.amxTasks());
        int lazyFpu = tasks.number("lazy-fpu", 0, GuestMix.TASKS_MAX, 0);
        int plain = tasks.number("plain", 0, GuestMix.TASKS_MAX, described ? 0 : USUAL.plainTasks());
        tasks.end();
        if (amx > 0 && !guestXfd) {
            tasks.problem("amx", "This guest's CPUID has no AMX: it can have no tasks that use it.");
        }
        int sum = amx + lazyFpu + plain;
        boolean possible = sum >= 1 && sum <= GuestMix.TASKS_MAX;
        if (!possible) {
            guest.problem("tasks", "Between 1 and " + GuestMix.TASKS_MAX + " tasks can run, not " + sum + ".");
        }
        int[] timer = timer(guest);
        Map<GuestStep, Integer> weights = weights(guest);
        guest.end();
        return new GuestMix(
                possible ? amx : 0, possible ? lazyFpu : 0, possible ? plain : 1, armsXfd, timer[0], timer[1], weights);
    }

    /** Fewest and most guest instructions between ticks. */
    private static int[] timer(YamlMapping guest) {
        return range(guest, "timer", GuestMix.TIMER_MIN, GuestMix.TIMER_MAX, USUAL.timerMin(), USUAL.timerMax());
    }

    /** A mapping of {@code min} and {@code max}. */
    static int[] range(YamlMapping of, String key, int from, int to, int usualMin, int usualMax) {
        YamlMapping range = of.mapping(key);
        int min = range.number("min", from, to, Math.min(usualMin, to));
        int max = range.number("max", from, to, Math.max(min, usualMax));
        if (max < min) {
            range.problem("max", "max is below min.");
            max = min;
        }
        range.end();
        return new int[] {min, max};
    }

    private static Map<GuestStep, Integer> weights(YamlMapping guest) {
        Map<GuestStep, Integer> weights = new EnumMap<>(USUAL.weights());
        YamlMapping steps = guest.mapping("steps");
        for (GuestStep step : GuestStep.values()) {
            weights.put(step, steps.number(step.title(), 0, GuestMix.WEIGHT_MAX, step.usualWeight()));
        }
        steps.end();
        if (weights.values().stream().allMatch(weight -> weight == 0)) {
            guest.problem("steps", "A guest that does nothing cannot run: give one step a weight above 0.");
            return USUAL.weights();
        }
        return weights;
    }
}
