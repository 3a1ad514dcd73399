package io.trapline.producer.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The order of records is the kernel's")
class RecordOrderTest {
    static LongStream seeds() {
        return LongStream.concat(LongStream.range(0, 200), LongStream.of(-1, Long.MIN_VALUE, Long.MAX_VALUE));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void keepsTheKernelsOrderAndLosesNothing(long seed) {
        EventLog log = new EventLog();
        EmulatorResult result = new Emulator(EmulatorOptions.ofSeed(seed).withEvents(3_000)).run(log);

        RecordOrder order = RecordOrder.of(log.events());

        assertThat(order.complaints()).isEmpty();
        assertThat(order.turnsArmed()).isGreaterThan(100);
        assertThat(order.turnsNm()).isEqualTo(result.guest().tileFaults()).isPositive();
        assertThat(result.guest().lost()).isZero();
    }

    @Test
    void everyKindOfTurnIsThere() {
        EventLog log = new EventLog();
        new Emulator(EmulatorOptions.ofSeed(5).withEvents(100_000).withoutGroundTruth()).run(log);

        String all = String.join("; ", log.texts());

        assertThat(List.of(
                        "d exit 10; d r 1c4=40000; . cpuid; d entry",
                        "d exit 0 NM; d r 1c4=40000; d r 1c5=40000; d w 1c5=0; . inj 7; d w 1c5=40000; d entry",
                        "d exit 48; d r 1c4=40000; d w 1c5=0; . page fault; . inj 7 again; d w 1c5=40000; d entry",
                        "d exit 48; d r 1c4=40000; d w 1c5=0; . page fault; d w 1c5=40000; d entry",
                        "d exit 32; d r 1c4=40000; d w 1c5=0; . g w 1c5=0; d entry",
                        "d exit 30; d r 1c4=0; . pio write; b w 1c4=40000; . fpu unload; . user 2; b w 1c4=0; . fpu load; d entry",
                        "d exit 30; d r 1c4=40000; . fpu unload; . user 2; . fpu load; . pio read; d entry",
                        "d exit 49; d r 1c4=40000; . mmio 0; . fpu unload; . user 6; . fpu load; . mmio 1; d entry",
                        "d exit 32; d apic write 300; d g w 830=f6; d r 1c4=40000; . irq f6; d entry",
                        "d exit 32; d r 1c4=40000; . apic write b0; . g w 80b=0; d entry",
                        "d exit 12; d r 1c4=40000; . wakeup; . irq ec; d entry",
                        "d exit 1; d r 1c4=0; d w 1c4=0; d entry",
                        "d exit 1; d r 1c4=0; . irq ec; d entry",
                        "d exit 7; d r 1c4=40000; . irq ec; d entry"))
                .allSatisfy(turn -> assertThat(all).contains(turn));
    }
}
