package io.trapline.streams.policy;

import java.util.Arrays;
import java.util.List;

/** All policies. The order is part of stored state: append only. */
public final class Policies {
    public static final List<Policy> ALL = List.of(
            new P8XfdSynced(),
            new P10XfdErrRestored(),
            new P11XfdErrCleared(),
            new P12XfdOpened(),
            new P23Pairing(),
            new P1XfdErrCaptured(),
            new P2XfdErrNotRead(),
            new P3XfdErrKeptWithTs(),
            new P6TrapBeforeClear(),
            new P9SyncBeforeCapture(),
            new P4NmReflected(),
            new P5NmDeliveredOnce(),
            new P15MsrExitRouted(),
            new P24LevelPairing(),
            new P25InjectionEntered(),
            new P27FpuResident());

    private static final int[][] BY_OCCASION = byOccasion();

    private Policies() {}

    /** Places in {@link #ALL} of the policies that are asked then; not to be changed. */
    public static int[] askedOn(Occasion occasion) {
        return BY_OCCASION[occasion.ordinal()];
    }

    private static int[][] byOccasion() {
        return Arrays.stream(Occasion.values()).map(Policies::placesAskedOn).toArray(int[][]::new);
    }

    private static int[] placesAskedOn(Occasion occasion) {
        return java.util.stream.IntStream.range(0, ALL.size())
                .filter(place -> ALL.get(place).occasions().contains(occasion))
                .toArray();
    }
}
