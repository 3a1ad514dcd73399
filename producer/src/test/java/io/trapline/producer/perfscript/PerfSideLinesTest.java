package io.trapline.producer.perfscript;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.producer.identity.Loss;
import io.trapline.producer.line.LinePrefix;
import io.trapline.producer.line.LineReader;
import io.trapline.producer.text.SideLine;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What perf script prints between events, and what it does not. */
class PerfSideLinesTest {
    private static final String EVENT = "      CPU 0/KVM   172 [001]    22.804741: kvm:kvm_entry: vcpu 0, rip 0x100000";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\tffffffffc07a1b2c vmx_vcpu_run+0x1c ([kvm_intel])",
                "        ffffffff81a00000 entry_SYSCALL_64_after_hwframe+0x6e ([kernel.kallsyms])",
                "\t    7f12a0b3c4d5 [unknown] ([unknown])",
                "\t               0 [unknown] ([unknown])",
                "\t    55d0c0de1234 std::map<int, foo (*)(bar)>::find(int) const (inlined)",
                "\t        deadbeef main+0x10 (/usr/bin/qemu-system-x86_64 (deleted))",
                "\tffffffffc07a1b2c",
                "# cmdline : /usr/bin/perf record -g -e kvm:*",
                "      CPU 0/KVM   172 [001]    22.804741: PERF_RECORD_COMM: CPU 0/KVM:172/172"
            })
    void framesCommentsAndOtherRecordsAreIgnored(String line) {
        assertThat(read(line)).isEqualTo(SideLine.IGNORED);
        assertThat(isEvent(line)).isFalse();
    }

    @Test
    void aFrameOfALongSymbolIsOne() {
        assertThat(read("\t55d0c0de1234 " + "std::vector<".repeat(200) + "int" + ">".repeat(200) + " (/usr/bin/qemu)"))
                .isEqualTo(SideLine.IGNORED);
    }

    @Test
    void lossAndKernelAreRead() {
        assertThat(read("      CPU 0/KVM   172 [001]    22.804741: PERF_RECORD_LOST lost 13"))
                .isEqualTo(new SideLine.Lost(new Loss(1, 13L, "CPU 1 lost events", 1)));
        assertThat(read("# os release : 6.1.0-56-amd64")).isEqualTo(new SideLine.Kernel("6.1.0-56-amd64"));
    }

    /** Where a comm of hexadecimal digits stands in front, the beginning looks like an address. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "            dead   172 [001]    22.80x741: kvm:kvm_entry: vcpu 0, rip 0x100000",
                "            dead   172 [001]",
                "            beef   172 [001]    22.804741; kvm:kvm_exit: reason msr (#GP) rip 0x1",
                "some words (in brackets)"
            })
    void aDamagedLineOfAnEventIsNoFrame(String line) {
        assertThat(isEvent(line)).isFalse();
        assertThat(read(line)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dead", "7f12a0b3", "0", "ffff (deleted)"})
    void anEventOfAThreadThatLooksLikeAnAddressIsAnEvent(String comm) {
        assertThat(isEvent("%16s   172 [001]    22.804741: kvm:kvm_msr: msr_write 1c4 = 0x1 (#GP)".formatted(comm)))
                .isTrue();
    }

    @Test
    void anEventIsAnEvent() {
        assertThat(isEvent(EVENT)).isTrue();
    }

    private static boolean isEvent(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return new PerfPrefix().read(bytes, 0, bytes.length, new LinePrefix());
    }

    private static SideLine read(String line) {
        LineReader lines = new LineReader(new ByteArrayInputStream((line + "\n").getBytes(StandardCharsets.UTF_8)));
        assertThat(lines.next()).isTrue();
        return new PerfSideLines().read(lines);
    }
}
