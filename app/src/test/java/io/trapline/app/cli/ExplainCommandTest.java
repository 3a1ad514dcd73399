package io.trapline.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trapline.app.cli.Commands.Outcome;
import io.trapline.app.report.Golden;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stories of findings in a real recording of which lines were taken out. */
class ExplainCommandTest {
    private static final int SYNC = 297;
    private static final int CLEAR = 298;
    private static final int RESTORE = 294;
    private static final int EXIT = 296;

    @TempDir
    private Path folder;

    private String broken(String name, Integer... lines) throws IOException {
        return Commands.without(Commands.ARMED, folder.resolve(name), lines).toString();
    }

    private static String explain(String recording, String finding, String... options) {
        String[] args = new String[options.length + 3];
        args[0] = "explain";
        args[1] = recording;
        args[2] = finding;
        System.arraycopy(options, 0, args, 3, options.length);
        Outcome outcome = Commands.run(args);
        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.FINE);
        return outcome.out();
    }

    @Test
    void aMissingSync() throws Exception {
        String recording = broken("one-sync-removed.txt", SYNC);
        Golden.check("commands", "explain-sync.txt", explain(recording, "P8-vm-0-0-EPT_VIOLATION"));
        Golden.check(
                "commands", "explain-sync.json", explain(recording, "P8-vm-0-0-EPT_VIOLATION", "--format", "json"));
    }

    @Test
    void aMissingRestore() throws Exception {
        Golden.check("commands", "explain-restore.txt", explain(broken("one-restore-removed.txt", RESTORE), "P10"));
    }

    @Test
    void aMissingClear() throws Exception {
        Golden.check("commands", "explain-clear.txt", explain(broken("one-clear-removed.txt", CLEAR), "P11"));
    }

    @Test
    void aMissingExit() throws Exception {
        Golden.check("commands", "explain-pairing.txt", explain(broken("one-exit-removed.txt", EXIT), "P23"));
    }

    @Test
    void theMissingRecordIsMarkedInTheWindowOfItsExit() throws Exception {
        JsonNode story =
                new ObjectMapper().readTree(explain(broken("two-removed.txt", SYNC, CLEAR), "P8", "--format", "json"));

        int missing = story.get("missing_before").asInt();
        assertThat(story.at("/steps/" + (missing - 1) + "/text").asText()).startsWith("kvm_exit: ");
        assertThat(story.at("/steps/" + missing + "/deeds/0/deed").asText()).isEqualTo("WINDOW_OVER");
        assertThat(story.at("/steps/0/deeds/0/rule").asText()).isEqualTo("R4");
    }

    /** Reports print the ids, and so does explain without one. */
    @Test
    void idsAreInTheReportAndInTheList() throws Exception {
        String recording = broken("one-sync-removed.txt", SYNC);

        assertThat(Commands.run("analyze", recording).out()).contains("    id        P8-vm-0-0-EPT_VIOLATION\n");
        Outcome list = Commands.run("explain", recording);
        assertThat(list.exitCode()).isEqualTo(ExitCode.FINE);
        assertThat(list.out()).isEqualTo("P8-vm-0-0-EPT_VIOLATION  no read_msr 1c4\n");
    }

    @Test
    void anUnknownFindingNamesThoseThereAre() throws Exception {
        String recording = broken("several-removed.txt", SYNC, CLEAR);

        Outcome unknown = Commands.run("explain", recording, "P12");
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(unknown.err())
                .contains("There is no finding P12. There are ", "P8-vm-0-0-EPT_VIOLATION", "P11-vm-0-0-EPT_VIOLATION");
        Outcome several = Commands.run("explain", recording, "P");
        assertThat(several.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(several.err()).contains("Several findings begin with P. There are P");
        Outcome none = Commands.run("explain", Commands.ARMED.toString(), "P8");
        assertThat(none.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(none.err()).contains("The run has none.");
    }

    /** P1 is not P11. */
    @Test
    void aPolicyMeansItsOwnFindings() throws Exception {
        String recording = broken("several-removed.txt", SYNC, CLEAR);

        assertThat(explain(recording, "P11")).startsWith("SECURITY  P11 ");
        assertThat(explain(recording, "P11-vm-0-0-EPT_VIOLATION")).isEqualTo(explain(recording, "P11"));
    }

    @Test
    void aPipeCannotBeReadTwice() {
        Outcome outcome = Commands.run("explain", "-", "P8");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("save it first");
    }
}
