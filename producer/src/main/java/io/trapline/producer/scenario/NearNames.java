package io.trapline.producer.scenario;

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

    /** Letters to change, add, take away or exchange with their neighbour. */
    private static int distance(String one, String other) {
        int[][] of = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                of[i][j] = i == 0 || j == 0 ? i + j : step(of, one, other, i, j);
            }
        }
        return of[one.length()][other.length()];
    }

    private static int step(int[][] of, String one, String other, int i, int j) {
        boolean same = one.charAt(i - 1) == other.charAt(j - 1);
        int least = Math.min(of[i - 1][j - 1] + (same ? 0 : 1), 1 + Math.min(of[i - 1][j], of[i][j - 1]));
        boolean exchanged =
                i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1);
        return exchanged ? Math.min(least, of[i - 2][j - 2] + 1) : least;
    }
}
