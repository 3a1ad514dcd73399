package io.trapline.producer.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("User space's part in MSR accesses, and AMD's")
class MsrAccessTest {
    @Test
    void aFilteredWriteGoesToUserSpaceAndStillArms() {
        List<String> texts = texts(EmulatorOptions.ofSeed(1).withScenario(Scenario.FILTERED));

        assertThat(texts).noneMatch(text -> text.contains(" g w 1c4") || text.contains("passed w 1c4"));
        assertThat(String.join(";", texts))
                .contains("d exit 32;b w 1c4=40000;. fpu unload;. user 30;")
                .contains("d exit 32;d r 1c4=40000;. fpu unload;. user 30;");
        // R21: reads are open, writes are not, and #NM is trapped all the same.
        assertThat(texts).contains(". intercept 1c4 r 0", ". eb 600c2").doesNotContain(". intercept 1c4 w 0");
    }

    @Test
    void aFilterWithoutUserSpaceIsGp() {
        VmSetup vm = VmSetup.of("1", 1, vcpu -> new BadBitsProgram(1))
                .withFilter(new MsrFilter(Set.of(), Set.of(Msr.XFD), false));
        EventLog log = new EventLog();
        new Emulator(EmulatorOptions.ofSeed(1).withEvents(2_000), new Subject("gp", "", HostSetup.of(vm))).run(log);

        assertThat(log.texts()).contains(". g w 1c4=40000 #GP").doesNotContain(". g w 1c4=40000", ". eb 600c2");
    }

    @Test
    void aMigratedGuestIsArmedBeforeItsFirstEntry() {
        VmSetup vm = VmSetup.of("1", 1, vcpu -> new SpecCtrlProgram(1, false))
                .restored(PhysicalCpu.XTILE_DATA, PhysicalCpu.XTILE_DATA);
        EventLog log = new EventLog();
        new Emulator(EmulatorOptions.ofSeed(1).withEvents(2_000), new Subject("restored", "", HostSetup.of(vm)))
                .run(log);

        assertThat(log.texts())
                .startsWith(
                        ". intercept 1c5 r 0",
                        ". eb 60042",
                        ". intercept 1c4 r 0",
                        ". intercept 1c4 w 0",
                        ". eb 600c2",
                        ". fpu load",
                        "d w 1c5=40000",
                        "d entry",
                        "d exit 10",
                        "d r 1c4=40000",
                        "d w 1c5=0");
        assertThat(log.texts()).noneMatch(text -> text.contains(" g w 1c"));
    }

    @Test
    void anAmdGuestGetsGpForXfdAndItsHostHasNone() {
        List<String> texts = texts(EmulatorOptions.ofSeed(1).withScenario(Scenario.SVM));

        assertThat(texts)
                .contains(". exit 124", ". g w 1c4=0 #GP", ". g r 1c4=0 #GP", ". inj 13")
                .noneMatch(text -> text.startsWith("d r 1c4") || text.contains(" w 1c4=40000"));
        assertThat(texts).noneMatch(text -> text.startsWith("d exit"));
    }

    @Test
    void laterKernelsRecordAmdExitsWithIrqsOff() {
        EmulatorOptions options = EmulatorOptions.ofSeed(1).withScenario(Scenario.SVM);

        assertThat(texts(options.withProfile(KernelProfile.V6_12))).noneMatch(text -> text.startsWith(". exit"));
    }

    @Test
    void setUpsThatNoKernelTakesAreRefused() {
        VmSetup vm = VmSetup.of("1", 1, vcpu -> new BadBitsProgram(1));

        assertThatThrownBy(() -> vm.restored(0x20000, 0)).hasMessageContaining("20000");
        assertThatThrownBy(() -> new HostSetup(Isa.SVM, 1, false, List.of(vm))).hasMessageContaining("R3");
        assertThatThrownBy(() -> new HostSetup(Isa.VMX, 0, false, List.of(vm))).hasMessageContaining("0 CPUs");
    }

    private static List<String> texts(EmulatorOptions options) {
        EventLog log = new EventLog();
        new Emulator(options.withEvents(10_000)).run(log);
        return log.texts();
    }
}
