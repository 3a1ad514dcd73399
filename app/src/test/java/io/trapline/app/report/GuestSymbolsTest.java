package io.trapline.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class GuestSymbolsTest {
    private static GuestSymbols read(String text) throws IOException {
        return GuestSymbols.read(new BufferedReader(new StringReader(text)));
    }

    @Test
    void aPlaceIsNamedByTheSymbolBeforeIt() throws IOException {
        GuestSymbols symbols = read("""
                0000000000000000 A fixed_percpu_data
                ffffffff81000000 T _text
                ffffffff81a10980 t default_idle
                ffffffff81a109a0 T acpi_idle
                ffffffffc0390000 t vmx_vcpu_run\t[kvm_intel]
                """);

        assertThat(symbols.nameOf(0xffffffff81a10989L)).isEqualTo("default_idle+0x9");
        assertThat(symbols.nameOf(0xffffffff81a109a0L)).isEqualTo("acpi_idle");
        assertThat(symbols.nameOf(0xffffffffc0390010L)).isEqualTo("vmx_vcpu_run [kvm_intel]+0x10");
        assertThat(symbols.nameOf(0xffffffffff000000L)).isNull();
        assertThat(symbols.nameOf(0x7fff00001000L)).isNull();
    }

    @Test
    void onlyCodeOfL1IsNamed() throws IOException {
        GuestSymbols symbols = read("1000 T here\n");

        assertThat(symbols.name(place("rip", "L1")).symbol()).isEqualTo("here+0x5");
        assertThat(symbols.name(place("rip", "L2")).symbol()).isNull();
        assertThat(symbols.name(place("page", "L1")).symbol()).isNull();
    }

    private static HotPlace place(String kind, String level) {
        HotPlace.Name name = new HotPlace.Name(kind, "vm", level, "VMX", "CPUID", 0x1005);
        return new HotPlace(name, 2, 0, BigInteger.TEN, null);
    }

    @Test
    void whatIsNoListOfSymbolsIsRefusedWithItsLine() {
        assertThatThrownBy(() -> read("ffffffff81000000 T _text\nhello\n")).hasMessageContaining("line 2");
        assertThatThrownBy(() -> read("")).hasMessageContaining("no symbols");
        assertThatThrownBy(() -> read("0000000000000000 T _text\n0000000000000000 T idle\n"))
                .hasMessageContaining("kptr_restrict");
        assertThatThrownBy(() -> read("fffffffff81000000 T too_long\n")).hasMessageContaining("line 1");
    }
}
