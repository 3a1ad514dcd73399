package io.trapline.streams.whatif;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One choice per axis. {@code eb01Refreshed}: vmcs01's exception bitmap is brought up to date at every nested exit, which
 * closes R28.
 */
public record Strategy(SyncRule sync, TrapRule trap, InterceptRule intercept, boolean eb01Refreshed) {
    /** What the kernel does since 5.17. */
    public static final Strategy MERGED = new Strategy(SyncRule.S1, TrapRule.T1, InterceptRule.I1, false);

    /** The strategies that every run is priced under, in the order of reports. */
    public static final List<Strategy> CATALOGUE = catalogue();

    private static final String EB01 = "+EB01";

    public Strategy {
        Objects.requireNonNull(sync);
        Objects.requireNonNull(trap);
        Objects.requireNonNull(intercept);
    }

    private static List<Strategy> catalogue() {
        List<Strategy> all = new ArrayList<>();
        for (SyncRule sync : SyncRule.values()) {
            all.add(new Strategy(sync, TrapRule.T1, InterceptRule.I1, false));
        }
        all.add(new Strategy(SyncRule.S6, TrapRule.T2, InterceptRule.I2, false));
        for (InterceptRule intercept : List.of(InterceptRule.I4, InterceptRule.I5)) {
            all.add(new Strategy(SyncRule.S1, TrapRule.T7, intercept, false));
            all.add(new Strategy(SyncRule.S2, TrapRule.T7, intercept, false));
        }
        all.add(new Strategy(SyncRule.S1, TrapRule.T1, InterceptRule.I4, false));
        all.add(new Strategy(SyncRule.S1, TrapRule.T3, InterceptRule.I1, false));
        all.add(new Strategy(SyncRule.S1, TrapRule.T4, InterceptRule.I1, false));
        all.add(new Strategy(SyncRule.S1, TrapRule.T1, InterceptRule.I1, true));
        return List.copyOf(all);
    }

    /**
     * Reads {@code S2/T1/I1} or {@code S1/T1/I1+EB01}, in upper or lower case.
     *
     * @throws IllegalArgumentException it is none; the message says what one looks like
     */
    public static Strategy parse(String text) {
        Matcher found = Pattern.compile("(S[1-6])/(T[1-7])/(I[1-5])(\\+EB01)?").matcher(text.toUpperCase(Locale.ROOT));
        if (!found.matches()) {
            throw new IllegalArgumentException(
                    "a strategy is one of S1-S6, of T1-T7 and of I1-I5, as S2/T1/I1 or S1/T1/I1+EB01, not '" + text
                            + "'");
        }
        return new Strategy(
                SyncRule.valueOf(found.group(1)),
                TrapRule.valueOf(found.group(2)),
                InterceptRule.valueOf(found.group(3)),
                found.group(4) != null);
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return sync + "/" + trap + "/" + intercept + (eb01Refreshed ? EB01 : "");
    }
}
