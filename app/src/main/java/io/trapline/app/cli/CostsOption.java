package io.trapline.app.cli;

import io.trapline.app.report.CycleCosts;
import io.trapline.producer.emulator.CostFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What things take: a mixin. */
public final class CostsOption {
    @Option(
            names = "--costs",
            paramLabel = "FILE",
            description = "What things take, in cycles, instead of server-2000mhz. To begin one:"
                    + " trapline emulate --show server-2000mhz.")
    private Path costs;

    /** What prices a recording. */
    CycleCosts costs() {
        return CycleCosts.of(isNamed() ? file() : CostFile.SERVER);
    }

    boolean isNamed() {
        return costs != null;
    }

    /** The file that is named. */
    CostFile file() {
        try {
            return CostFile.read(costs);
        } catch (NoSuchFileException e) {
            throw new CommandFailure(ExitCode.INPUT_UNREADABLE, costs + " does not exist.", e);
        } catch (CharacterCodingException e) {
            throw new CommandFailure(ExitCode.INPUT_UNREADABLE, costs + " is no text in UTF-8.", e);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.INPUT_UNREADABLE, costs + " cannot be read: " + e + ".", e);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.INPUT_UNREADABLE, e.getMessage() + ".", e);
        }
    }
}
