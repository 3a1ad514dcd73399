package io.trapline.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

class TextReportTest {
    private static final char ESC = '\u001b';

    @Test
    void coloursAreOnlyPaint() {
        SummaryDocument document = SampleRun.withFindings().document();

        String plain = TextReport.write(document, false);
        String painted = TextReport.write(document, true);

        assertThat(plain).doesNotContain("" + ESC);
        assertThat(painted).contains("" + ESC);
        assertThat(painted.replaceAll(ESC + "\\[[0-9;]*m", "")).isEqualTo(plain);
    }

    @Test
    void neitherLocaleNorTimeZoneShows() {
        SummaryDocument document = SampleRun.withFindings().document();
        String text = TextReport.write(document, false);
        String json = JsonReport.write(document);
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));

            assertThat(TextReport.write(document, false)).isEqualTo(text);
            assertThat(JsonReport.write(document)).isEqualTo(json);
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void aRecordingCannotSteerTheTerminal() {
        SampleRun sample = SampleRun.withFindings();
        sample.run.getSource().setName("evil\u001b[2J.txt");
        sample.findings.get(0).getEvidence().get(0).setText("comm\u202e\u0007: kvm_exit");

        String text = TextReport.write(sample.document(), false);

        assertThat(text).contains("evil?[2J.txt:", "comm??: kvm_exit");
        assertThat(text.chars().filter(Character::isISOControl)).allMatch(character -> character == '\n');
    }

    @Test
    void linesFitThePageExceptThoseThatPeopleCopy() {
        String text = TextReport.write(SampleRun.withFindings().document(), false);

        assertThat(text.lines().filter(line -> line.length() > Lines.WIDTH_MAX))
                .allMatch(line -> line.contains("kvm_exit: vcpu") || line.startsWith("Not judged: "));
    }

    @Test
    void manyFindingsAreCutShort() {
        SampleRun sample = SampleRun.ofTwoVcpus();
        for (int vcpu = 0; vcpu < 25; vcpu++) {
            sample.finding("P8", "LOST", "9", vcpu, 100, 1, "no read_msr 1c4");
        }

        assertThat(TextReport.write(sample.document(), false)).contains("and 5 more findings: --format json has all.");
    }
}
