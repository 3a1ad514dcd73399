package io.trapline.schemas.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KernelVersionTest {
    @Test
    void versionsCompareAsNumbers() {
        assertThat(KernelVersion.of("5.4")).isLessThan(KernelVersion.of("5.10"));
        assertThat(KernelVersion.of("6.1.187-1")).isEqualTo(KernelVersion.of("6.1"));
        assertThat(KernelVersion.of("7.0")).isGreaterThan(KernelVersion.of("6.18"));
    }

    @Test
    void whatIsNoVersionBoundsNothing() {
        for (String text : new String[] {null, "", "6", ".", "x.y", "6.", "-", "99999999999.1"}) {
            assertThat(KernelVersion.of(text)).isNull();
        }
    }
}
