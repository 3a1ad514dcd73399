package io.trapline.streams.policy;

import io.trapline.streams.profile.AnalysisInputs;
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
            new P27FpuResident(),
            new P13InvalidWrite(),
            new P14XfdPermitted(),
            new P26AmxMsrsRefused(),
            new P17FilteredMsr(null),
            new P19XfdStateInStep(),
            new P20XstateWithinXfd(),
            new P21SyncsInL2(),
            new P22UselessTraps(),
            new P28NeedlessIntercept(null),
            new P7ExceptionBitmapsFollow(),
            new P16MergedBitmapTight(),
            new P18SyncFollowsBitmap());

    private static final int[][] BY_OCCASION = byOccasion();

    private Policies() {}

    /** The policies as they judge under what the user tells, at the places they have in {@link #ALL}. */
    public static List<Policy> under(AnalysisInputs inputs) {
        return ALL.stream().map(policy -> under(inputs, policy)).toList();
    }

    private static Policy under(AnalysisInputs inputs, Policy policy) {
        if (policy instanceof P17FilteredMsr) {
            return new P17FilteredMsr(inputs.msrFilter());
        }
        return policy instanceof P28NeedlessIntercept ? new P28NeedlessIntercept(inputs.msrFilter()) : policy;
    }

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
