package io.trapline.producer.publish;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommitScheduleTest {
    private final CommitSchedule schedule = new CommitSchedule();

    @Test
    void nothingIsDueWithoutATransaction() {
        assertThat(schedule.isDue(Long.MAX_VALUE)).isFalse();
    }

    @Test
    void isDueByAge() {
        schedule.begun(Long.MAX_VALUE - 10); // a nano clock may run over

        assertThat(schedule.isDue(Long.MAX_VALUE - 10 + CommitSchedule.NANOS_MAX - 1))
                .isFalse();
        assertThat(schedule.isDue(Long.MAX_VALUE - 10 + CommitSchedule.NANOS_MAX))
                .isTrue();
    }

    @Test
    void isDueByBytesOfThisTransactionOnly() {
        schedule.begun(0);
        schedule.sent(CommitSchedule.BYTES_MAX);
        boolean full = schedule.isDue(0);
        schedule.ended();
        schedule.begun(0);
        schedule.sent(CommitSchedule.BYTES_MAX - 1);

        assertThat(full).isTrue();
        assertThat(schedule.isDue(0)).isFalse();
    }
}
