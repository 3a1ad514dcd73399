package io.trapline.producer.scenario;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/** What is wrong with one file so far. Reading goes on after a problem, so that a person hears of all of them at once. */
final class Problems {
    private final String file;
    private final List<ScenarioProblem> found = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    void at(Node node, String sentence) {
        at(node.getStartMark(), sentence);
    }

    /** {@code place} counts from 0 and may be null, where the parser knows none. */
    void at(Mark place, String sentence) {
        int line = Optional.ofNullable(place).map(Mark::getLine).orElse(0);
        int column = Optional.ofNullable(place).map(Mark::getColumn).orElse(0);
        found.add(new ScenarioProblem(file, line + 1, column + 1, sentence));
    }

    void throwIfAny() throws InvalidScenario {
        if (!found.isEmpty()) {
            found.sort(Comparator.comparingInt(ScenarioProblem::line).thenComparingInt(ScenarioProblem::column));
            throw new InvalidScenario(found);
        }
    }
}
