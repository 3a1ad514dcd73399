package io.trapline.producer.scenario;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/** What is wrong with one file so far. Reading goes on after a problem, so that a person hears of all of them at once. */
final class Problems {
    /** Where the parser knows no place. */
    static final Mark BEGINNING = new Mark("", 0, 0, 0, new int[0], 0);

    private final String file;
    private final List<ScenarioProblem> found = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    void at(Node node, String sentence) {
        at(node.getStartMark(), sentence);
    }

    /** {@code place} counts from 0. */
    void at(Mark place, String sentence) {
        found.add(new ScenarioProblem(file, place.getLine() + 1, place.getColumn() + 1, sentence));
    }

    void throwIfAny() throws InvalidScenario {
        if (!found.isEmpty()) {
            found.sort(Comparator.comparingInt(ScenarioProblem::line).thenComparingInt(ScenarioProblem::column));
            throw new InvalidScenario(found);
        }
    }
}
