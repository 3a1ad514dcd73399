package io.trapline.producer.tracepoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What line formats say about the kernel. */
class KernelRangeTest {

    @Test
    void nothingSeenBoundsNothing() {
        assertThat(KernelRange.of(0).isUnbounded()).isTrue();
    }

    @Test
    void boundsMeetInTheMiddle() {
        KernelRange range = range(FormatMark.ENTRY_WITH_RIP, FormatMark.PAGE_FAULT_WITH_VCPU, FormatMark.FIVE_FLAGS);

        assertThat(range.from()).isEqualTo("6.1");
        assertThat(range.to()).isEqualTo("6.13");
        assertThat(range.isEmpty()).isFalse();
    }

    @Test
    void versionsCompareAsNumbers() {
        KernelRange range = range(FormatMark.ENTRY_WITHOUT_RIP, FormatMark.FOUR_FLAGS, FormatMark.NESTED_RUN);

        assertThat(range.to()).isEqualTo("5.9");
    }

    @Test
    void formsThatExcludeEachOtherLeaveNothing() {
        assertThat(range(FormatMark.NESTED_RUN, FormatMark.EXIT_WITH_REQUESTS).isEmpty())
                .isTrue();
    }

    private static KernelRange range(FormatMark... marks) {
        long bits = 0;
        for (FormatMark mark : marks) {
            bits |= mark.bit();
        }
        return KernelRange.of(bits);
    }
}
