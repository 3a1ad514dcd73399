package io.trapline.schemas.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ExitRemedyTest {
    private static final long REASONS_MAX = 0x500;

    /** A reason that no exit has would never be seen to be wrong. */
    @Test
    void everyRowIsOfAnExitThatThereIs() {
        for (ExitRemedy remedy : ExitRemedy.all()) {
            assertThat(namesOf(remedy.isa()))
                    .as(remedy.reason().pattern())
                    .anyMatch(name -> remedy.reason().matcher(name).matches());
            assertThat(List.of(remedy.why(), remedy.instead(), remedy.source())).noneMatch(String::isBlank);
        }
    }

    private static List<String> namesOf(int isa) {
        return LongStream.range(0, REASONS_MAX)
                .mapToObj(reason -> ExitReasons.name(isa, reason))
                .toList();
    }

    /** The first row that fits is taken, so a row for any detail must not stand before one for some. */
    @Test
    void noRowHidesOneBehindIt() {
        List<ExitRemedy> all = ExitRemedy.all();
        for (int later = 0; later < all.size(); later++) {
            ExitRemedy hidden = all.get(later);
            assertThat(all.subList(0, later))
                    .noneMatch(earlier -> earlier.isa() == hidden.isa()
                            && earlier.reason().pattern().equals(hidden.reason().pattern())
                            && isForAny(earlier.detail()));
        }
    }

    private static boolean isForAny(Pattern detail) {
        return detail.pattern().equals(".*");
    }

    @Test
    void specialDetailsHaveTheirOwnRemedies() {
        assertThat(ExitRemedy.of(ExitReasons.VMX, "IO_INSTRUCTION", "port 0x3f8 out", "L1"))
                .hasValueSatisfying(remedy -> assertThat(remedy.instead()).contains("virtio console"));
        assertThat(ExitRemedy.of(ExitReasons.VMX, "MSR_READ", "0x8b read", "L1"))
                .as("the microcode revision is no register of the x2APIC")
                .isEmpty();
        assertThat(ExitRemedy.of(ExitReasons.VMX, "VMRESUME", "", "L1")).isEmpty();
    }
}
