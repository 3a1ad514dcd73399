package io.trapline.producer.emulator;

import java.util.ArrayList;
import java.util.List;

/** The fewest lines to take away and to add that make one list of texts the other. */
final class TurnDifference {
    private TurnDifference() {}

    /** In their order; {@code - } before what only the first has, {@code + } before what only the second has. */
    static List<String> of(List<String> first, List<String> second) {
        int[][] common = commonSuffixes(first, second);
        List<String> difference = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < first.size() || j < second.size()) {
            boolean both = i < first.size() && j < second.size();
            if (both && first.get(i).equals(second.get(j))) {
                i++;
                j++;
            } else if (j == second.size() || both && common[i + 1][j] >= common[i][j + 1]) {
                difference.add("- " + first.get(i++));
            } else {
                difference.add("+ " + second.get(j++));
            }
        }
        return difference;
    }

    /** By beginnings: how many texts the rests of both have in common, in order. */
    private static int[][] commonSuffixes(List<String> first, List<String> second) {
        int[][] common = new int[first.size() + 1][second.size() + 1];
        for (int i = first.size() - 1; i >= 0; i--) {
            for (int j = second.size() - 1; j >= 0; j--) {
                common[i][j] = first.get(i).equals(second.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }
}
