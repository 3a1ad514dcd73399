package io.trapline.streams.whatif;

import io.trapline.schemas.avro.WhatIfLevel;
import io.trapline.schemas.avro.WhatIfLoss;
import io.trapline.schemas.avro.WhatIfLossTally;
import io.trapline.schemas.avro.WhatIfTallyRow;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What one vCPU comes to under a strategy, by level, up to its first loss.
 *
 * @param byLevel per level at which anything happened
 * @param loss where state is lost first; null where nothing shows that any is
 */
public record Outcome(Map<String, Prediction> byLevel, WhatIfLoss loss) {
    /** Which of two losses came first, as far as one clock can say of two vCPUs. */
    public static final Comparator<WhatIfLoss> FIRST = Comparator.comparingLong(WhatIfLoss::getTime)
            .thenComparing(WhatIfLoss::getVm)
            .thenComparingInt(WhatIfLoss::getVcpu)
            .thenComparingLong(WhatIfLoss::getSeq);

    public Outcome {
        byLevel = Map.copyOf(byLevel);
    }

    public static Outcome of(Strategy strategy, WhatIfTallyRow tally, Recorded recorded) {
        Set<Loss> losses = Soundness.of(strategy).losses();
        WhatIfLossTally first = tally.getLosses().stream()
                .filter(loss -> counts(loss.getLoss().getKind(), losses, recorded))
                .min(Comparator.comparing(WhatIfLossTally::getLoss, FIRST))
                .orElse(null);
        List<WhatIfLevel> levels = first == null ? tally.getLevels() : first.getUpTo();
        Map<String, Prediction> byLevel = new TreeMap<>();
        for (WhatIfLevel level : levels) {
            byLevel.put(level.getLevel(), Predictor.of(strategy, recorded, levels, level));
        }
        return new Outcome(byLevel, first == null ? null : first.getLoss());
    }

    private static boolean counts(String kind, Set<Loss> losses, Recorded recorded) {
        boolean ofStrategy = losses.stream().anyMatch(loss -> loss.name().equals(kind));
        // Whether L1 wanted the #NM of its guest only the reflection tells.
        boolean shown = !kind.equals(Loss.FAULT_OF_L2_KEPT.name()) || recorded.reflections();
        return ofStrategy && shown;
    }

    /** All levels together. */
    public Prediction total() {
        return byLevel.values().stream().reduce(Prediction.NONE, Prediction::plus);
    }
}
