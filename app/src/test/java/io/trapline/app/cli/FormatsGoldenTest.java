package io.trapline.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.app.cli.Commands.Outcome;
import io.trapline.app.report.Golden;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real recordings in every form: a nested guest, one that uses AMX, and one on SVM whose scheduler was recorded too. */
class FormatsGoldenTest {
    private static final Pattern ASSETS = Pattern.compile("<(style|script)>.*?</\\1>", Pattern.DOTALL);

    @ParameterizedTest
    @CsvSource({
        "nested,    bochs-amx/linux-guest-linux-6.1/q3-nested-l2-xfd.txt.gz,     --duration 20us",
        "amx,       bochs-amx/direct-linux-6.1/s6-cr0ts-nm-and-stale-xfd-err.txt, --duration 10us",
        "svm-sched, amd-svm/linux-6.1/05-mixed-sched-fpu/trace.txt.xz,            --duration 4ms"
    })
    void everyForm(String name, String recording, String options) throws Exception {
        List<String> plain = List.of(options.split(" ", -1));

        golden(name + ".txt", recording, "text", plain);
        golden(name + ".csv", recording, "csv", List.of("--sort", "samples", "--top", "40"));
        golden(name + "-outliers.csv", recording, "csv", plain);
        golden(name + ".junit.xml", recording, "junit", List.of());
        golden(name + ".html", recording, "html", plain);
    }

    @ParameterizedTest
    @CsvSource({
        "nested,    bochs-amx/linux-guest-linux-6.1/q3-nested-l2-xfd.txt.gz, --level L2 --from 9.0 --duration 50us",
        "svm-sched, amd-svm/linux-6.1/05-mixed-sched-fpu/trace.txt.xz,       --vcpu 1 --reason msr --to :9000"
    })
    void aPartOfARun(String name, String recording, String options) throws Exception {
        List<String> scope = List.of(options.split(" ", -1));

        golden(name + "-part.txt", recording, "text", scope);
        golden(name + "-part.json", recording, "json", scope);
    }

    private static void golden(String file, String recording, String format, List<String> options) throws Exception {
        List<String> args = new ArrayList<>(List.of(
                "analyze", Commands.RECORDINGS.resolve(recording).toString(), "--format", format, "--fail-on", "none"));
        args.addAll(options);
        Outcome outcome = Commands.run(args.toArray(String[]::new));

        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.FINE);
        // What is the same in every page is not the report's.
        Golden.check("formats", file, ASSETS.matcher(outcome.out()).replaceAll("<$1></$1>"));
    }
}
