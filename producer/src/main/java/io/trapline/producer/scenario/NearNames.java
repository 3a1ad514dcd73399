package io.trapline.producer.scenario;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The names that somebody who mistyped may have meant. */
final class NearNames {
    private static final int SHOWN_MAX = 3;

    private NearNames() {}

    /** Those at most a third of whose letters differ or that the mistyped one is the beginning of, nearest first. */
    static List<String> of(String mistyped, Collection<String> names) {
        return names.stream()
                .filter(name -> isNear(mistyped, name))
                .sorted(Comparator.<String>comparingInt(name -> distance(mistyped, name))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(SHOWN_MAX)
                .toList();
    }

    private static boolean isNear(String mistyped, String name) {
        int length = Math.max(mistyped.length(), name.length());
        return distance(mistyped, name) <= Math.max(1, length / 3)
                || mistyped.length() > 1 && name.startsWith(mistyped);
    }

    /** Letters to change, add or take away (Levenshtein). */
    private static int distance(String one, String other) {
        int[] above = new int[other.length() + 1];
        Arrays.setAll(above, column -> column);
        for (int row = 1; row <= one.length(); row++) {
            int[] here = new int[above.length];
            here[0] = row;
            for (int column = 1; column < here.length; column++) {
                boolean same = one.charAt(row - 1) == other.charAt(column - 1);
                int changed = above[column - 1] + (same ? 0 : 1);
                here[column] = Math.min(changed, 1 + Math.min(above[column], here[column - 1]));
            }
            above = here;
        }
        return above[other.length()];
    }
}
