package io.trapline.app.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.app.report.CycleCosts;
import io.trapline.app.thread.ThreadPage;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ThreadPageTest {
    private static final String INDENT = "    ";

    @Test
    void theReadmeShowsThePage() throws Exception {
        String page = ThreadPage.write(1, CycleCosts.defaults());
        StringBuilder shown = new StringBuilder();
        page.lines()
                .forEach(line ->
                        shown.append(line.isEmpty() ? "" : INDENT + line).append('\n'));

        assertThat(Files.readString(Path.of("../README.md"))).contains(shown);
    }

    @Test
    void theAnswersDoNotHangOnOneSeed() {
        for (long seed = 2; seed <= 4; seed++) {
            String claims = ThreadPage.claims(seed, CycleCosts.defaults());

            assertThat(claims).as("seed %d", seed).contains("confirmed the flag penalises", "confirmed an L2 exit");
        }
    }
}
