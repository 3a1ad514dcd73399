package io.trapline.producer.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.schemas.event.EventFlags;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where comm ends and the event begins, whatever the comm looks like. */
class LinePrefixTest {
    private static final int RECORDED = EventFlags.RECORDED;

    private final LinePrefix prefix = new LinePrefix();
    private final Tokenizer tokenizer = new AlignedPrefix();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CPU 0/KVM",
                "kvm-1-12",
                "a [000] b: c",
                "x: kvm_exit: 0",
                "12345-0",
                "<...>",
                "<...>-0",
                "kworker/0:1",
                "a-7 [1] 2.000000",
                "fifteen-letters"
            })
    void anyCommIsTakenWhole(String comm) {
        String line = "%16s-%-7d [%03d] d..1.    63.394772: kvm_fpu: load".formatted(comm, 896, 3);

        boolean read = read(line);

        assertThat(read).isTrue();
        assertThat(line.substring(prefix.commFrom(), prefix.commTo()).strip()).isEqualTo(comm);
        assertThat(prefix.pid()).isEqualTo(896);
        assertThat(prefix.cpu()).isEqualTo(3);
        assertThat(prefix.time()).isEqualTo(63_394_772);
        assertThat(line.substring(prefix.nameFrom())).isEqualTo("kvm_fpu: load");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CPU 0/KVM", "kvm-1-12", "12345-0", "<...>"})
    void aCommWithoutItsPaddingIsFoundFromTheRight(String comm) {
        String line = comm + "-896 [003] d..1. 63.394772: kvm_fpu: load";

        assertThat(read(line)).isTrue();
        assertThat(line.substring(prefix.commFrom(), prefix.commTo())).isEqualTo(comm);
        assertThat(prefix.pid()).isEqualTo(896);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "> CPU 0/KVM-896 [003] d..1. 63.394772: kvm_fpu: load",
                ">        CPU 0/KVM-896     [003] d..1.    63.394772: kvm_fpu: load",
                ">> >        CPU 0/KVM-896     [003] d..1.    63.394772: kvm_fpu: load",
                "\tCPU 0/KVM-896\t[003]\td..1.\t63.394772:\tkvm_fpu:\tload",
                "       CPU 0/KVM-896\t    [003] d..1.    63.394772: kvm_fpu: load"
            })
    void aLineOutOfAMailIsRead(String line) {
        assertThat(read(line)).isTrue();
        assertThat(line.substring(prefix.commFrom(), prefix.commTo()).strip()).endsWith("CPU 0/KVM");
        assertThat(prefix.commTo() - prefix.commFrom()).isLessThanOrEqualTo(AlignedPrefix.COMM_WIDTH);
        assertThat(prefix.pid()).isEqualTo(896);
        assertThat(prefix.time()).isEqualTo(63_394_772);
        assertThat(line.substring(prefix.nameFrom(), prefix.nameTo())).isEqualTo("kvm_fpu");
    }

    @Test
    void aNameOfManyBytesIsNone() {
        String line = "       CPU 0/KVM-896     [003] d..1.    63.394772: ";

        assertThat(read(line + "n".repeat(EventName.BYTES_MAX) + ": x")).isTrue();
        assertThat(prefix.nameTo() - prefix.nameFrom()).isEqualTo(EventName.BYTES_MAX);
        assertThat(read(line + "n".repeat(EventName.BYTES_MAX + 1) + ": x")).isTrue();
        assertThat(prefix.nameTo()).isLessThan(prefix.nameFrom());
    }

    @Test
    void fiveFlagsFourFlagsOrNone() {
        assertThat(flags("d..1. ")).isEqualTo(RECORDED | EventFlags.IRQS_OFF);
        assertThat(prefix.flagCharacters()).isEqualTo(5);
        assertThat(flags("d... ")).isEqualTo(RECORDED | EventFlags.IRQS_OFF);
        assertThat(prefix.flagCharacters()).isEqualTo(4);
        assertThat(flags("")).isEqualTo(EventFlags.NONE);
        assertThat(prefix.flagCharacters()).isZero();
    }

    @Test
    void flagsTellInterruptsAndWhatIsOff() {
        assertThat(flags("..... ")).isEqualTo(RECORDED);
        assertThat(flags("d.h1. ")).isEqualTo(RECORDED | EventFlags.IRQS_OFF | EventFlags.HARD_IRQ);
        assertThat(flags("d.H1. "))
                .isEqualTo(RECORDED | EventFlags.IRQS_OFF | EventFlags.HARD_IRQ | EventFlags.SOFT_IRQ);
        assertThat(flags("..s1. ")).isEqualTo(RECORDED | EventFlags.SOFT_IRQ);
        assertThat(flags("bN... ")).isEqualTo(RECORDED | EventFlags.BH_OFF | EventFlags.NEED_RESCHED);
        assertThat(flags("Dn... "))
                .isEqualTo(RECORDED | EventFlags.BH_OFF | EventFlags.IRQS_OFF | EventFlags.NEED_RESCHED);
    }

    @Test
    void theThreadGroupIsReadWhereItIsRecorded() {
        assertThat(read("       CPU 1/KVM-693     (    687) [001] d..1.     9.295080: kvm_entry: vcpu 1, rip 0x1"))
                .isTrue();
        assertThat(prefix.tgid()).isEqualTo(687);
        assertThat(read("       CPU 1/KVM-693     (-------) [001] d..1.     9.295080: kvm_entry: vcpu 1, rip 0x1"))
                .isTrue();
        assertThat(prefix.tgid()).isEqualTo(LinePrefix.NONE);
    }

    @Test
    void theDifferenceThatTraceCmdShowsBehindATimeIsNoName() {
        String line = "            kvmt-763   [000]     7.709237: (+12)     kvm_fpu: load";

        assertThat(read(line)).isTrue();
        assertThat(prefix.time()).isEqualTo(7_709_237);
        assertThat(line.substring(prefix.nameFrom())).isEqualTo("kvm_fpu: load");
    }

    @Test
    void timesAreMicrosecondsNanosecondsOrBare() {
        assertThat(time("9.295080")).isEqualTo(9_295_080);
        assertThat(prefix.timeDigits()).isEqualTo(6);
        assertThat(time("13.738170041")).isEqualTo(13_738_170_041L);
        assertThat(prefix.timeDigits()).isEqualTo(9);
        assertThat(time("50254428245")).isEqualTo(50_254_428_245L);
        assertThat(prefix.timeDigits()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "kvm_entry: vcpu 0, rip 0x100630",
                "CPU:1 [LOST 1586 EVENTS]",
                "       CPU 0/KVM-",
                "       CPU 0/KVM-683     [",
                "       CPU 0/KVM-683     [000] d..1.",
                "       CPU 0/KVM-683     [000] d..1.     9.2950: kvm_fpu: load",
                "       CPU 0/KVM-683     [000] d..     9.295080: kvm_fpu: load",
                "       CPU 0/KVM-683     [99999999] d..1.     9.295080: kvm_fpu: load",
                "       CPU 0/KVM-99999999999 [000] d..1.     9.295080: kvm_fpu: load",
                "CPU 0/KV-683       0d..1. 97853us+: kvm_entry: vcpu 0, rip 0x100000"
            })
    void whatIsNoPrefixIsRefused(String line) {
        assertThat(read(line)).isFalse();
    }

    private boolean read(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return tokenizer.read(bytes, 0, bytes.length, prefix);
    }

    private int flags(String column) {
        assertThat(read("            kvmt-907     [001] " + column + "   63.726583: kvm_fpu: load"))
                .isTrue();
        return prefix.flags();
    }

    private long time(String printed) {
        assertThat(read("            kvmt-907     [001] ..... " + printed + ": kvm_fpu: load"))
                .isTrue();
        return prefix.time();
    }
}
