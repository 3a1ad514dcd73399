package io.trapline.producer.scenario;

/**
 * One thing that is wrong with a scenario, and what to do about it.
 *
 * @param file as the user named it
 * @param line from 1
 * @param column from 1, in characters
 */
public record ScenarioProblem(String file, int line, int column, String sentence) {
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + sentence;
    }
}
