package io.trapline.app.cli;

import io.trapline.producer.scenario.BuiltInScenarios;
import io.trapline.producer.scenario.InvalidScenario;
import io.trapline.producer.scenario.ScenarioFile;
import io.trapline.producer.scenario.ScenarioReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What a user names as scenario: one that ships with Trapline, or a YAML file. */
final class ScenarioArgument {
    private static final long BYTES_MAX = 1 << 20;

    private ScenarioArgument() {}

    /** A name is a built-in scenario, unless it looks like a file. */
    static ScenarioFile read(String argument) {
        if (BuiltInScenarios.names().contains(argument)) {
            return BuiltInScenarios.read(argument);
        }
        boolean file = argument.endsWith(".yaml") || argument.endsWith(".yml") || argument.indexOf('/') >= 0;
        if (!file) {
            throw new CommandFailure(ExitCode.USAGE, unknown(argument) + " A file's name ends in .yaml.");
        }
        return readFile(argument);
    }

    /** The YAML of a built-in scenario. */
    static String text(String name) {
        if (!BuiltInScenarios.names().contains(name)) {
            throw new CommandFailure(ExitCode.USAGE, unknown(name));
        }
        return BuiltInScenarios.text(name);
    }

    private static String unknown(String name) {
        String near = String.join(" or ", BuiltInScenarios.near(name));
        return "There is no scenario " + name + ": " + (near.isEmpty() ? "" : "did you mean " + near + "? ")
                + "'trapline emulate --list-scenarios' names those that are there.";
    }

    private static ScenarioFile readFile(String name) {
        try {
            Path path = Path.of(name);
            if (Files.size(path) > BYTES_MAX) {
                throw new CommandFailure(
                        ExitCode.INPUT_UNREADABLE, name + " is too large for a scenario: is it another file?");
            }
            return ScenarioReader.read(name, path.toAbsolutePath().getParent(), Files.readString(path));
        } catch (InvalidScenario e) {
            throw new CommandFailure(ExitCode.INPUT_UNREADABLE, e.getMessage(), e);
        } catch (InvalidPathException e) {
            throw new CommandFailure(ExitCode.USAGE, name + " is no path: " + e.getReason() + ".", e);
        } catch (NoSuchFileException e) {
            throw new CommandFailure(ExitCode.INPUT_UNREADABLE, name + " does not exist.", e);
        } catch (MalformedInputException e) {
            throw new CommandFailure(ExitCode.INPUT_UNREADABLE, name + " is no text in UTF-8.", e);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.INPUT_UNREADABLE, name + " cannot be read: " + e.getMessage() + ".", e);
        }
    }
}
