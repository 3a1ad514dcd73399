package io.trapline.app.diff;

import io.trapline.app.report.ExitCost;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** A figure of exits that a gate may watch, with the noise model that goes with it. */
enum Figure {
    P50(true, sample -> sample.percentile(500)) {
        @Override
        double probability(ExitSample a, ExitSample b) {
            return Percentile.probability(a, b, 500);
        }
    },
    P90(true, sample -> sample.percentile(900)) {
        @Override
        double probability(ExitSample a, ExitSample b) {
            return Percentile.probability(a, b, 900);
        }
    },
    P99(true, sample -> sample.percentile(990)) {
        @Override
        double probability(ExitSample a, ExitSample b) {
            return Percentile.probability(a, b, 990);
        }
    },
    MEAN(true, ExitSample::mean) {
        @Override
        double probability(ExitSample a, ExitSample b) {
            return ratio(a, b, MeasuredBlock::samples);
        }
    },
    /** The longest exits of the blocks are compared by their ranks: one of a whole run says nothing. */
    MAX(true, ExitSample::max) {
        @Override
        double probability(ExitSample a, ExitSample b) {
            return RankTest.of(maxima(a), maxima(b)).probability();
        }
    },
    TIME(true, ExitSample::nanosPerGuestSecond) {
        @Override
        double probability(ExitSample a, ExitSample b) {
            return a.samples() == 0 ? Rate.of(a, b).probability() : ratio(a, b, MeasuredBlock::guestNanos);
        }
    },
    SAMPLES(false, ExitSample::perGuestSecond) {
        @Override
        double probability(ExitSample a, ExitSample b) {
            return Rate.of(a, b).probability();
        }
    };

    private final boolean ofTime;
    private final ToDoubleFunction<ExitSample> value;

    Figure(boolean ofTime, ToDoubleFunction<ExitSample> value) {
        this.ofTime = ofTime;
        this.value = value;
    }

    /** Of such a change, or a greater one, where nothing differs. */
    abstract double probability(ExitSample a, ExitSample b);

    double of(ExitSample sample) {
        return value.applyAsDouble(sample);
    }

    /** Whether the exits are enough to compare it. Halts are no cost. */
    boolean compares(ExitChange change) {
        long least = this == TIME || this == SAMPLES ? 0 : ExitChanges.SAMPLES_MIN;
        boolean enough = change.a().samples() >= least
                && change.b().samples() >= ExitChanges.SAMPLES_MIN
                && change.rate() != null;
        return enough && !(ofTime && ExitCost.isHalt(change.kind().reason()));
    }

    private static double ratio(ExitSample a, ExitSample b, ToDoubleFunction<MeasuredBlock> below) {
        if (a.blocks().size() < 2 || b.blocks().size() < 2) {
            return 1;
        }
        Shift shift = Shift.of(
                ratio(a.blocks(), below),
                ratio(b.blocks(), below),
                Clusters.relativeVarianceOfRatio(a.blocks(), MeasuredBlock::sum, below),
                a.blocks().size(),
                Clusters.relativeVarianceOfRatio(b.blocks(), MeasuredBlock::sum, below),
                b.blocks().size());
        return shift.probability();
    }

    private static double ratio(List<MeasuredBlock> blocks, ToDoubleFunction<MeasuredBlock> below) {
        return blocks.stream().mapToDouble(MeasuredBlock::sum).sum()
                / blocks.stream().mapToDouble(below).sum();
    }

    private static List<MeasuredBlock> maxima(ExitSample sample) {
        List<MeasuredBlock> maxima = new ArrayList<>();
        for (MeasuredBlock block : sample.blocks()) {
            maxima.add(new MeasuredBlock(
                    block.vcpu(), new double[] {block.max()}, new long[] {1}, 1, block.max(), block.max(), 0));
        }
        return maxima;
    }
}
