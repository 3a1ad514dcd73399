package io.trapline.producer.emulator.guest;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a guest with tasks is made of.
 *
 * @param amxTasks tasks that use tile data
 * @param lazyFpuTasks tasks that use the FPU, which the guest's kernel switches lazily, by CR0.TS
 * @param plainTasks tasks that use neither
 * @param armsXfd when the kernel begins to keep XFD per task
 * @param timerMin fewest guest instructions between two ticks of the guest's timer
 * @param timerMax most
 * @param weights how often each kind of step comes, beside the others; a kind that is left out never comes
 */
public record GuestMix(
        int amxTasks,
        int lazyFpuTasks,
        int plainTasks,
        ArmsXfd armsXfd,
        int timerMin,
        int timerMax,
        Map<GuestStep, Integer> weights) {

    public static final int TASKS_MAX = 256;
    public static final int WEIGHT_MAX = 10_000;
    public static final int TIMER_MIN = 10;
    public static final int TIMER_MAX = 1_000_000;

    /** When a kernel writes XFD for the first time. */
    public enum ArmsXfd {
        /** When it brings up a CPU, as Linux does (R4). */
        AT_BOOT,
        /** At the first switch of tasks after a tick of its timer: a kernel other than Linux. */
        AT_FIRST_TICK,
        /** It does not know XFD, or its CPUID has none: any task may use tile data at once. */
        NEVER
    }

    public GuestMix {
        Objects.requireNonNull(armsXfd);
        weights = Map.copyOf(weights);
        int tasks = amxTasks + lazyFpuTasks + plainTasks;
        if (amxTasks < 0 || lazyFpuTasks < 0 || plainTasks < 0 || tasks < 1 || tasks > TASKS_MAX) {
            throw new IllegalArgumentException("between 1 and " + TASKS_MAX + " tasks can run, not " + amxTasks
                    + " with AMX, " + lazyFpuTasks + " with lazy FPU and " + plainTasks + " plain ones");
        }
        if (timerMin < TIMER_MIN || timerMax < timerMin || timerMax > TIMER_MAX) {
            throw new IllegalArgumentException("a timer of " + timerMin + " to " + timerMax + " instructions");
        }
        for (int weight : weights.values()) {
            if (weight < 0 || weight > WEIGHT_MAX) {
                throw new IllegalArgumentException("a weight of " + weight);
            }
        }
        if (sum(weights) == 0) {
            throw new IllegalArgumentException("a guest that does nothing: one step needs a weight above 0");
        }
    }

    /** Linux with so many tasks, steps as usual. */
    public static GuestMix linux(int amxTasks, int plainTasks) {
        return new GuestMix(amxTasks, 0, plainTasks, ArmsXfd.AT_BOOT, 60, 240, usualWeights());
    }

    /** The same, but that those without AMX use the FPU, and that it is switched lazily. */
    public static GuestMix lazyFpu(int amxTasks, int lazyFpuTasks) {
        return new GuestMix(amxTasks, lazyFpuTasks, 0, ArmsXfd.AT_BOOT, 60, 240, usualWeights());
    }

    /** This guest in another's: it also asks what only nesting makes interesting. */
    public GuestMix nested() {
        Map<GuestStep, Integer> more = new EnumMap<>(weights);
        more.putAll(Map.of(GuestStep.WALL_CLOCK, 16, GuestStep.SPEC_CTRL, 32, GuestStep.GS_BASE, 32));
        return new GuestMix(amxTasks, lazyFpuTasks, plainTasks, armsXfd, timerMin, timerMax, more);
    }

    /** The same kernel, but that it keeps XFD only from a late first tick on. */
    public GuestMix armingLate() {
        return new GuestMix(amxTasks, lazyFpuTasks, plainTasks, ArmsXfd.AT_FIRST_TICK, 1_000, 2_000, weights);
    }

    public static Map<GuestStep, Integer> usualWeights() {
        Map<GuestStep, Integer> usual = new EnumMap<>(GuestStep.class);
        for (GuestStep step : GuestStep.values()) {
            usual.put(step, step.usualWeight());
        }
        return usual;
    }

    int tasks() {
        return amxTasks + lazyFpuTasks + plainTasks;
    }

    private static int sum(Map<GuestStep, Integer> weights) {
        return weights.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** In the same order always: part of what decides about the bytes. */
    String canonical() {
        return "amx=" + amxTasks + ",lazy=" + lazyFpuTasks + ",plain=" + plainTasks + ",xfd=" + armsXfd + ",timer="
                + timerMin + ".." + timerMax + ",weights=" + new EnumMap<>(weights);
    }
}
