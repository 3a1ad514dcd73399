package io.trapline.app.diff;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Holm's correction: who asks many questions at once must get clearer answers. */
final class Holm {
    private Holm() {}

    /** The probabilities corrected for how many there are, in their order. */
    static List<Double> corrected(List<Double> probabilities) {
        int number = probabilities.size();
        List<Integer> ascending = IntStream.range(0, number)
                .boxed()
                .sorted(Comparator.comparing(probabilities::get))
                .toList();
        Double[] corrected = new Double[number];
        double least = 0;
        for (int place = 0; place < number; place++) {
            int which = ascending.get(place);
            least = Math.max(least, Math.min(probabilities.get(which) * (number - place), 1));
            corrected[which] = least;
        }
        return List.of(corrected);
    }
}
