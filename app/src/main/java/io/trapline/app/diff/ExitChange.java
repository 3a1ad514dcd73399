package io.trapline.app.diff;

import java.util.List;
import java.util.Locale;

/**
 * What became of the exits of one kind.
 *
 * @param cost null where it is not compared: halts, too few exits, or no time
 * @param rate null where it is not compared
 * @param changes what is beyond noise; empty where nothing is
 */
record ExitChange(ExitKind kind, ExitSample a, ExitSample b, Cost cost, Rate rate, List<Change> changes) {
    /** What can become of them, the worst first. */
    enum Change {
        DEARER(true),
        NEW(true),
        MORE(true),
        CHEAPER(false),
        GONE(false),
        FEWER(false);

        private final boolean regression;

        Change(boolean regression) {
            this.regression = regression;
        }

        /** Whether it is for the worse. */
        boolean isRegression() {
            return regression;
        }

        String title() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    ExitChange {
        changes = List.copyOf(changes);
    }

    boolean isRegression() {
        return changes.stream().anyMatch(Change::isRegression);
    }

    /** By how much the time in these exits has changed, per second that the guest ran. */
    double weight() {
        return Math.abs(b.nanosPerGuestSecond() - a.nanosPerGuestSecond());
    }
}
