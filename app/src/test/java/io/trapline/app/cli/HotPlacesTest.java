package io.trapline.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.app.cli.Commands.Outcome;
import io.trapline.app.proof.TraceLines;
import org.junit.jupiter.api.Test;

/** What the text says of a guest with more places than are counted. */
class HotPlacesTest {
    private static final String MAY_LACK_SOME = "some that are missing may have more exits";

    @Test
    void whereAPlaceMayBeMissingTheReportSaysSo() {
        String boot = report("amd-svm/linux-6.1/08-linux-boot-kvm-all/trace.txt.xz");
        int pages = boot.indexOf("Pages of the guest that fault most");

        assertThat(boot.substring(pages)).containsOnlyOnce(MAY_LACK_SOME);
        assertThat(boot.substring(0, pages))
                .contains("Where the guest exits most")
                .doesNotContain(MAY_LACK_SOME);
    }

    @Test
    void ofRoundsOfFewerPlacesAllAreCounted() {
        assertThat(report("intel-vmx/linux-6.1/03-smp2/trace.txt.zst"))
                .contains("0x1005ec  L1     DR_ACCESS         400")
                .doesNotContain(MAY_LACK_SOME);
    }

    private static String report(String recording) {
        Outcome outcome =
                Commands.run("analyze", TraceLines.RECORDINGS.resolve(recording).toString());
        return outcome.out();
    }
}
