package io.trapline.producer.emulator.guest;

import io.trapline.producer.emulator.Dice;

/** Throws what a guest does next: each kind of step as often as its weight beside the others'. */
final class StepDice {
    private static final GuestStep[] STEPS = GuestStep.values();

    private final Dice dice;
    /** By step: the first throw that is a later one. */
    private final int[] ends = new int[STEPS.length];

    StepDice(Dice dice, GuestMix mix) {
        this.dice = dice;
        int end = 0;
        for (GuestStep step : STEPS) {
            end += mix.weights().getOrDefault(step, 0);
            ends[step.ordinal()] = end;
        }
    }

    GuestStep next() {
        int thrown = dice.below(ends[STEPS.length - 1]);
        int place = 0;
        while (ends[place] <= thrown) {
            place++;
        }
        return STEPS[place];
    }
}
