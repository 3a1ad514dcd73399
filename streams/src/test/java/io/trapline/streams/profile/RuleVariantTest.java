package io.trapline.streams.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.schemas.kernel.KernelRange;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RuleVariantTest {
    private static final int RULES = 33;
    private static final Pattern SOURCE =
            Pattern.compile("[0-9a-f]{12}, \\S.*: .+|(KVM|x86/fpu): .+|trees? [0-9].*( and [0-9].*)?");

    @ParameterizedTest
    @EnumSource
    void eachEntryNamesARuleAndWhereItWasRead(RuleVariant variant) {
        assertThat(variant.rule()).matches("R[1-9][0-9]?");
        assertThat(Integer.parseInt(variant.rule().substring(1))).isBetween(1, RULES);
        assertThat(variant.change()).isNotBlank().doesNotEndWith(".");
        assertThat(variant.source()).matches(SOURCE);
    }

    @ParameterizedTest
    @EnumSource
    void noKernelIsOnBothSidesOfAChange(RuleVariant variant) {
        assertThat(variant.before().holdsAny(variant.since())).isFalse();
        assertThat(variant.before().hull(variant.since())).isEqualTo(KernelRange.ALL);
        assertThat(variant.since().from()).isEqualTo(variant.first());
    }

    @ParameterizedTest
    @EnumSource
    void theTableIsInTheOrderOfRulesAndKernels(RuleVariant variant) {
        if (variant.ordinal() == 0) {
            return;
        }
        RuleVariant before = RuleVariant.values()[variant.ordinal() - 1];
        int rule = Integer.parseInt(variant.rule().substring(1));
        int ruleBefore = Integer.parseInt(before.rule().substring(1));

        assertThat(rule).isGreaterThanOrEqualTo(ruleBefore);
        if (rule == ruleBefore) {
            assertThat(variant.first()).isGreaterThanOrEqualTo(before.first());
            assertThat(variant.change()).isNotEqualTo(before.change());
        }
    }
}
