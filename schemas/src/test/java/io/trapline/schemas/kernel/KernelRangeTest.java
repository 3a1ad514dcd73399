package io.trapline.schemas.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelRangeTest {
    @ParameterizedTest
    @ValueSource(strings = {"any", "6.1", "5.17..6.13", "6.14..", "..6.4"})
    void whatIsPrintedIsRead(String text) {
        assertThat(KernelRange.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({
        "6.1.0-56-amd64, 6.1",
        "6.1.187..6.4.3, 6.1..6.4",
        "6.1.0-13-amd64.., 6.1..",
        "6.1..6.1, 6.1",
        "7.0-rc3.., 7.0..",
        "5.14.0-427.el9.x86_64, 5.14"
    })
    void ofAReleaseTwoNumbersCount(String text, String range) {
        assertThat(KernelRange.parse(text)).hasToString(range);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "..",
                "...",
                "6",
                "linux",
                "6.x",
                "6..",
                "..6",
                "5.17...6.1",
                "5.17-6.13",
                "6.1,6.4",
                "99999999999.1",
                " 6.1",
                "6.4..6.1"
            })
    void whatIsNoRangeIsRefusedWithASentence(String text) {
        assertThatThrownBy(() -> KernelRange.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(".*(bounds nothing|is no kernel version|no kernel is).*");
    }

    @Test
    void rangesHoldEachOther() {
        KernelRange old = KernelRange.parse("..6.4");

        assertThat(old.holdsAll(KernelRange.parse("5.17..6.4"))).isTrue();
        assertThat(old.holdsAll(KernelRange.parse("5.17..6.5"))).isFalse();
        assertThat(old.holdsAny(KernelRange.parse("6.4..6.5"))).isTrue();
        assertThat(old.holdsAny(KernelRange.parse("6.5.."))).isFalse();
        assertThat(old.holdsAll(KernelRange.ALL)).isFalse();
        assertThat(KernelRange.ALL.holdsAll(old)).isTrue();
    }

    @Test
    void theHullHoldsBothAndWhatLiesBetween() {
        assertThat(KernelRange.parse("5.14").hull(KernelRange.parse("6.1..6.13")))
                .hasToString("5.14..6.13");
        assertThat(KernelRange.parse("6.14..").hull(KernelRange.parse("6.1"))).hasToString("6.1..");
        assertThat(KernelRange.parse("..6.4").hull(KernelRange.parse("6.14.."))).isEqualTo(KernelRange.ALL);
    }

    @Test
    void whatTwoRangesHaveInCommonIsARangeOrNothing() {
        KernelRange old = KernelRange.parse("..6.4");

        assertThat(old.inCommon(KernelRange.parse("5.17.."))).hasValue(KernelRange.parse("5.17..6.4"));
        assertThat(old.inCommon(KernelRange.parse("..5.10"))).hasValue(KernelRange.parse("..5.10"));
        assertThat(old.inCommon(KernelRange.ALL)).hasValue(old);
        assertThat(old.inCommon(KernelRange.parse("6.5.."))).isEmpty();
    }

    @Test
    void wordsSayOnWhichSide() {
        assertThat(KernelRange.parse("..6.4").inWords()).isEqualTo("kernel 6.4 or earlier");
        assertThat(KernelRange.parse("6.15..").inWords()).isEqualTo("kernel 6.15 or later");
        assertThat(KernelRange.parse("5.17..6.14").inWords()).isEqualTo("a kernel from 5.17 to 6.14");
        assertThat(KernelRange.parse("6.1").inWords()).isEqualTo("kernel 6.1");
    }
}
