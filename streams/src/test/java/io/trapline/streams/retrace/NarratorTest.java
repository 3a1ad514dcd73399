package io.trapline.streams.retrace;

import static io.trapline.streams.TraceScript.XTILE;
import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.schemas.event.EventColumns;
import io.trapline.schemas.event.EventFields.Gap;
import io.trapline.schemas.event.EventFields.HostMsrAccess;
import io.trapline.schemas.event.EventFlags;
import io.trapline.schemas.event.EventKind;
import io.trapline.schemas.event.GapReasons;
import io.trapline.streams.TraceScript;
import io.trapline.streams.profile.AnalysisInputs;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NarratorTest {
    private static final long FAIL_ENTRY = 9;

    private final Set<Deed> told = EnumSet.noneOf(Deed.class);

    /** The deeds of each event of a script. */
    private List<List<Deed>> deeds(TraceScript script) {
        EventColumns events = script.events();
        StateWatch watch = new StateWatch(events.stream(), AnalysisInputs.named("live"), NoRows.SINK);
        List<List<Deed>> all = new ArrayList<>();
        watch.accept(
                events,
                events.count(),
                event -> all.add(Narrator.deeds(
                        event, watch.before(), watch.now(), watch.state().turn())));
        all.forEach(told::addAll);
        return all;
    }

    private static TraceScript script() {
        return new TraceScript();
    }

    @Test
    void aTrappedXfdFaultIsToldByItsRules() {
        List<List<Deed>> deeds = deeds(script().armed()
                .exitNm()
                .r(0x1c4, XTILE)
                .r(0x1c5, XTILE)
                .w(0x1c5, 0)
                .injNm()
                .w(0x1c5, XTILE)
                .entry());

        assertThat(deeds.subList(5, 12))
                .containsExactly(
                        List.of(Deed.EXIT, Deed.TRAPPED_NM),
                        List.of(Deed.SYNC),
                        List.of(Deed.CAPTURE),
                        List.of(Deed.CLEAR),
                        List.of(Deed.WINDOW_OVER, Deed.NM_INJECTED),
                        List.of(Deed.RESTORE),
                        List.of(Deed.ENTRY, Deed.ENTRY_SHOWS_XFD_ERR));
    }

    @Test
    void theFirstXfdWriteIsNotTheNext() {
        List<List<Deed>> deeds = deeds(script().armed()
                .exit("MSR_WRITE")
                .r(0x1c4, XTILE)
                .g(0x1c4, XTILE)
                .entry());

        assertThat(deeds.get(2)).containsExactly(Deed.XFD_SWITCH);
        assertThat(deeds.get(3)).containsExactly(Deed.WINDOW_OVER, Deed.FIRST_XFD_WRITE);
        assertThat(deeds.get(7)).containsExactly(Deed.WINDOW_OVER, Deed.FURTHER_XFD_WRITE, Deed.XFD_EXIT_WHILE_OPEN);
    }

    @Test
    void readsAndClearsOutsideTheWindowAreNotTheOnesThatWereDue() {
        List<List<Deed>> deeds = deeds(script().armed()
                .exitNm()
                .r(0x1c4, XTILE)
                .r(0x1c5, XTILE)
                .pageFault()
                .wLate(0x1c5, 0)
                .entry()
                .exit("CPUID")
                .cpuid()
                .rLate(0x1c4, XTILE)
                .entry());

        assertThat(deeds.get(9)).containsExactly(Deed.LATE_CLEAR);
        assertThat(deeds.get(13)).containsExactly(Deed.LATE_XFD_READ);
        assertThat(deeds.get(10)).containsExactly(Deed.ENTRY, Deed.ENTRY_LEAVES_XFD_ERR_OPEN);
    }

    @Test
    void recordsOfAnInterruptAreNotTheThreads() {
        List<List<Deed>> deeds =
                deeds(script().armed().exit("EXTERNAL_INTERRUPT").irq().r(0x1c4, XTILE));

        assertThat(deeds.get(6)).containsExactly(Deed.INTERRUPT);
        assertThat(deeds.get(7)).containsExactly(Deed.SYNC);
    }

    /** A deed that no event can be told by would be a sentence nobody checks. */
    @Test
    void everyDeedIsToldOfSomeEvent() {
        aTrappedXfdFaultIsToldByItsRules();
        theFirstXfdWriteIsNotTheNext();
        readsAndClearsOutsideTheWindowAreNotTheOnesThatWereDue();
        recordsOfAnInterruptAreNotTheThreads();
        deeds(script().entry().entry().r(0x1c5, 0).exit("HLT").exit("HLT").gap().entry());
        deeds(script().fpu(true)
                .fpu(false)
                .entry()
                .exit("CPUID")
                .userspace(FAIL_ENTRY)
                .entry());
        deeds(script().entry()
                .exit("VMLAUNCH")
                .nenter()
                .entry()
                .exit("MSR_WRITE")
                .nexit("MSR_WRITE")
                .g(0x1c4, XTILE)
                .entry()
                .exit("CPUID")
                .nexit("CPUID")
                .nreflect("CPUID")
                .entry());
        deeds(script().entry()
                .exit("MSR_WRITE")
                .guest(true, 0x1c4, 1, true)
                .entry()
                .exit("MSR_WRITE")
                .g(0x1c4, 0)
                .entry()
                .exit("MSR_READ")
                .gRead(0x1c4, 0)
                .entry()
                .exit("MSR_READ")
                .gRead(0x1c5, 0)
                .entry()
                .exit("MSR_WRITE")
                .g(0x1c5, XTILE)
                .rLate(0x1c5, 0)
                .entry());
        deeds(script().armed().exit("MSR_WRITE").fastIpi().g(0x830, 0xfd).entry());
        deeds(script().armed().exitNm().r(0x1c5, XTILE).r(0x1c4, XTILE).injNm().entry());
        deeds(script().armed()
                .exitNm()
                .r(0x1c4, XTILE)
                .injNm()
                .rLate(0x1c5, XTILE)
                .entry());
        deeds(script().armed().other("kvm_track_tsc", true));
        TraceScript noSuchRegister = script().armed().exitNm();
        noSuchRegister.r(0x1c5, 0).events().set(HostMsrAccess.FAILED, true);
        deeds(noSuchRegister);
        TraceScript another = script().armed().gap();
        another.events().setText(Gap.REASON, GapReasons.ANOTHER_RECORDING);
        deeds(another);
        TraceScript late = script().svm().entry().exit("msr");
        late.add(EventKind.NESTED_ENTRY_FAILED, EventFlags.RECORDED);
        deeds(late);
        TraceScript exitWithIrqsOn = script().entry();
        exitWithIrqsOn.add(EventKind.VM_EXIT, EventFlags.RECORDED);
        deeds(exitWithIrqsOn);

        assertThat(told).containsExactlyInAnyOrder(Deed.values());
    }
}
