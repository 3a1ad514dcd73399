package io.trapline.producer.scenario;

import java.util.List;
import java.util.stream.Collectors;

/** A scenario that cannot be run. The message is all its problems in the order of the file, a line each. */
public final class InvalidScenario extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<ScenarioProblem> problems;

    InvalidScenario(List<ScenarioProblem> problems) {
        super(problems.stream().map(ScenarioProblem::toString).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    public List<ScenarioProblem> problems() {
        return problems;
    }
}
