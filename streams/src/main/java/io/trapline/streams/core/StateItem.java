package io.trapline.streams.core;

import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * What there is to know of a vCPU, item by item and by name, for people: {@code state} and {@code explain} show it. A
 * test checks that each item of {@link VcpuState#each} shows in one of these.
 */
public enum StateItem {
    PHASE(Group.VCPU, ItemForm.PHASE, s -> s.phase != Phase.UNKNOWN, s -> s.phase.ordinal()),
    LEVEL(Group.VCPU, ItemForm.LEVEL, s -> s.level != Level.UNKNOWN, s -> s.level.ordinal()),
    LEVEL_PROVED(Group.VCPU, ItemForm.FLAG, s -> true, s -> s.levelProved ? 1 : 0),
    NOWI(Group.VCPU, ItemForm.FLAG, s -> s.nowi, s -> 1),
    XFD(Group.VCPU, ItemForm.HEX, s -> s.xfdKnown, s -> s.xfd),
    XFD_ERR(Group.VCPU, ItemForm.HEX, s -> s.xfdErrKnown, s -> s.xfdErr),
    ERR_TOKEN(Group.VCPU, ItemForm.TOKEN, s -> s.errToken != ErrToken.UNKNOWN, s -> s.errToken.ordinal()),
    CPUID_XFD(Group.VCPU, ItemForm.FLAG, s -> s.guestCpuid().xfdKnown, s -> s.guestCpuid().xfd ? 1 : 0),
    SUP_XFD(Group.VCPU, ItemForm.FLAG, s -> s.guestCpuid().tilesKnown, s -> s.guestCpuid().tiles ? 1 : 0),
    FPU(Group.VCPU, ItemForm.LOADED, s -> s.fpuKnown, s -> s.fpuLoaded ? 1 : 0),
    ISA(Group.VCPU, ItemForm.ISA, s -> s.isa != 0, s -> s.isa),
    HYPERVISOR_GUEST(Group.VCPU, ItemForm.FLAG, s -> s.hypervisorGuest, s -> 1),
    ZERO_XFD_WRITES(Group.VCPU, ItemForm.COUNT, s -> true, s -> s.zeroWrites),

    L2_CONTROL(Group.L2, ItemForm.HEX, s -> true, s -> s.presentL2.control),
    L2_WANTS_NM(Group.L2, ItemForm.FLAG, s -> s.presentL2.interceptsKnown, s -> s.presentL2.wantsNm ? 1 : 0),
    L2_INTERCEPTS_MSRS(
            Group.L2, ItemForm.FLAG, s -> s.presentL2.interceptsKnown, s -> s.presentL2.interceptsMsrs ? 1 : 0),
    L2_NM_REFLECTED(Group.L2, ItemForm.FLAG, s -> true, s -> s.presentL2.nmReflected ? 1 : 0),
    L2_NM_KEPT(Group.L2, ItemForm.FLAG, s -> true, s -> s.presentL2.nmKept ? 1 : 0),
    L2_MSR_ACCESSES_KEPT(Group.L2, ItemForm.COUNT, s -> true, s -> s.presentL2.keptCount),

    LAST_MSR(Group.REMEMBERED, ItemForm.HEX, s -> true, s -> s.msrAccess().index),
    LAST_MSR_WRITTEN(Group.REMEMBERED, ItemForm.FLAG, s -> true, s -> s.msrAccess().write ? 1 : 0),
    LAST_MSR_DATA(Group.REMEMBERED, ItemForm.HEX, s -> true, s -> s.msrAccess().data),
    LAST_MSR_FAILED(Group.REMEMBERED, ItemForm.FLAG, s -> true, s -> s.msrAccess().failed ? 1 : 0),
    SPEC_CTRL_OPENED(Group.REMEMBERED, ItemForm.FLAG, s -> true, s -> s.openedMsrs().specCtrl ? 1 : 0),
    PRED_CMD_OPENED(Group.REMEMBERED, ItemForm.FLAG, s -> true, s -> s.openedMsrs().predCmd ? 1 : 0),
    KEPT_XFD_EXPECTED(Group.REMEMBERED, ItemForm.FLAG, s -> true, s -> s.keptXfd().expected ? 1 : 0),
    KEPT_XFD_BEFORE(Group.REMEMBERED, ItemForm.HEX, s -> true, s -> s.keptXfd().before),
    KEPT_XFD_SHOWN(Group.REMEMBERED, ItemForm.FLAG, s -> true, s -> s.keptXfd().shown ? 1 : 0),
    KEPT_XFD_AFTER(Group.REMEMBERED, ItemForm.HEX, s -> true, s -> s.keptXfd().after),
    CPU_XFD(Group.REMEMBERED, ItemForm.HEX, s -> s.cpuXfd().known, s -> s.cpuXfd().value),
    CPU_XFD_CPU(Group.REMEMBERED, ItemForm.COUNT, s -> s.cpuXfd().known, s -> s.cpuXfd().cpu),
    CPU_XFD_BEFORE(Group.REMEMBERED, ItemForm.HEX, s -> true, s -> s.cpuXfd().before),
    XSTATE_HELD(Group.REMEMBERED, ItemForm.FLAG, s -> true, s -> s.guestXstate().held ? 1 : 0),
    XSTATE_HELD_TILES(Group.REMEMBERED, ItemForm.FLAG, s -> true, s -> s.guestXstate().heldTiles ? 1 : 0),
    XSTATE_HELD_SAVED(Group.REMEMBERED, ItemForm.FLAG, s -> true, s -> s.guestXstate().heldSaved ? 1 : 0),
    XSTATE_HELD_XFD(Group.REMEMBERED, ItemForm.HEX, s -> s.guestXstate().heldXfdKnown, s -> s.guestXstate().heldXfd),
    XSTATE_HELD_DOUBTFUL(Group.REMEMBERED, ItemForm.FLAG, s -> true, s -> s.guestXstate().heldDoubtful ? 1 : 0),
    XSTATE_SAVED_TILES(Group.REMEMBERED, ItemForm.FLAG, s -> true, s -> s.guestXstate().savedTiles ? 1 : 0),
    XSTATE_ARMED_OVER_TILES(Group.REMEMBERED, ItemForm.FLAG, s -> true, s -> s.guestXstate().armedOverTiles ? 1 : 0),
    XSTATE_AGREEMENT(
            Group.REMEMBERED,
            ItemForm.AGREEMENT,
            s -> true,
            s -> s.guestXstate().agreement.ordinal()),
    EB01_NM(
            Group.REMEMBERED,
            ItemForm.BIT,
            s -> s.groundTruth().nm01 != GroundTruth.Bit.UNKNOWN,
            s -> s.groundTruth().nm01.ordinal()),
    EB02_NM(
            Group.REMEMBERED,
            ItemForm.BIT,
            s -> s.groundTruth().nm02 != GroundTruth.Bit.UNKNOWN,
            s -> s.groundTruth().nm02.ordinal()),
    EB_NM_AT_EXIT(
            Group.REMEMBERED,
            ItemForm.BIT,
            s -> s.groundTruth().nmAtExit != GroundTruth.Bit.UNKNOWN,
            s -> s.groundTruth().nmAtExit.ordinal()),
    XFD_WRITE_BIT_AT_EXIT(
            Group.REMEMBERED,
            ItemForm.BIT,
            s -> s.groundTruth().xfdWriteAtExit != GroundTruth.Bit.UNKNOWN,
            s -> s.groundTruth().xfdWriteAtExit.ordinal()),
    UNTRAPPED_FAULT(Group.REMEMBERED, ItemForm.FLAG, s -> true, s -> s.groundTruth().untrappedFault ? 1 : 0),
    MSR_LEAKED(Group.REMEMBERED, ItemForm.FLAG, s -> true, s -> s.groundTruth().leaked ? 1 : 0),
    LEAKED_MSR(Group.REMEMBERED, ItemForm.HEX, s -> true, s -> s.groundTruth().leakedIndex),
    LEAKED_MSR_WRITTEN(Group.REMEMBERED, ItemForm.FLAG, s -> true, s -> s.groundTruth().leakedWrite ? 1 : 0),
    UNTRAPPED_BEFORE_EXIT(Group.REMEMBERED, ItemForm.FLAG, s -> true, s -> s.groundTruth().untrappedBeforeExit ? 1 : 0),
    LEAKED_BEFORE_EXIT(Group.REMEMBERED, ItemForm.FLAG, s -> true, s -> s.groundTruth().leakedBeforeExit ? 1 : 0),
    INTERCEPT_BITS_KNOWN(Group.REMEMBERED, ItemForm.COUNT, s -> true, s -> s.groundTruth().intercepts.count),

    EVENTS_LOST(Group.RECORDING, ItemForm.FLAG, s -> true, s -> s.lossSeen ? 1 : 0),
    PAIRING_LOST(Group.RECORDING, ItemForm.FLAG, s -> true, s -> s.pairingLost ? 1 : 0),
    TIMES_SET_RIGHT(Group.RECORDING, ItemForm.COUNT, s -> true, s -> s.clamped),
    RECORDED(Group.RECORDING, ItemForm.FAMILIES, s -> true, s -> s.familiesSeen),
    NOT_RECORDED(Group.RECORDING, ItemForm.FAMILIES, s -> true, s -> s.familiesDisproved),

    TURN(Group.TURN, ItemForm.OPEN, s -> true, s -> s.turn().open ? 1 : 0),
    REASON(Group.TURN, ItemForm.REASON, s -> true, s -> s.turn().reason),
    INFO1(Group.TURN, ItemForm.HEX, s -> true, s -> s.turn().info1),
    INFO2(Group.TURN, ItemForm.HEX, s -> true, s -> s.turn().info2),
    INTR_INFO(Group.TURN, ItemForm.HEX, s -> s.turn().intrInfoKnown, s -> s.turn().intrInfo),
    REQUESTS_KNOWN(Group.TURN, ItemForm.FLAG, s -> true, s -> s.turn().requestsKnown ? 1 : 0),
    LEVEL_AT_EXIT(
            Group.TURN,
            ItemForm.LEVEL,
            s -> s.turn().levelAtExit != Level.UNKNOWN,
            s -> s.turn().levelAtExit.ordinal()),
    LEVEL_PROVED_AT_EXIT(Group.TURN, ItemForm.FLAG, s -> true, s -> s.turn().levelProvedAtExit ? 1 : 0),
    NOWI_AT_EXIT(Group.TURN, ItemForm.FLAG, s -> s.turn().nowiAtExit, s -> 1),
    XFD_AT_EXIT(Group.TURN, ItemForm.HEX, s -> s.turn().xfdAtExitKnown, s -> s.turn().xfdAtExit),
    XFD_ERR_AT_EXIT(Group.TURN, ItemForm.HEX, s -> s.turn().xfdErrAtExitKnown, s -> s.turn().xfdErrAtExit),
    IRQOFF_WINDOW(Group.TURN, ItemForm.OPEN, s -> s.turn().windowVisible, s -> s.turn().windowOpen ? 1 : 0),
    SYNCED(Group.TURN, ItemForm.FLAG, s -> true, s -> s.turn().synced ? 1 : 0),
    SYNCED_VALUE(Group.TURN, ItemForm.HEX, s -> s.turn().synced, s -> s.turn().syncedValue),
    SYNCED_LATE(Group.TURN, ItemForm.FLAG, s -> true, s -> s.turn().syncedLate ? 1 : 0),
    XFD_ERR_READ(Group.TURN, ItemForm.HEX, s -> s.turn().captured, s -> s.turn().capturedValue),
    XFD_ERR_READ_LATE(Group.TURN, ItemForm.FLAG, s -> true, s -> s.turn().capturedLate ? 1 : 0),
    XFD_ERR_READ_BEFORE_SYNC(Group.TURN, ItemForm.FLAG, s -> true, s -> s.turn().capturedBeforeSync ? 1 : 0),
    XFD_ERR_READ_FAILED(Group.TURN, ItemForm.FLAG, s -> true, s -> s.turn().captureFailed ? 1 : 0),
    XFD_ERR_CLEARED(Group.TURN, ItemForm.FLAG, s -> true, s -> s.turn().cleared ? 1 : 0),
    XFD_ERR_CLEARED_LATE(Group.TURN, ItemForm.FLAG, s -> true, s -> s.turn().clearedLate ? 1 : 0),
    GUEST_CLEARS_XFD_ERR(Group.TURN, ItemForm.FLAG, s -> true, s -> s.turn().guestClear ? 1 : 0),
    ERR_TOKEN_AT_CLEAR(
            Group.TURN,
            ItemForm.TOKEN,
            s -> s.turn().guestClear,
            s -> s.turn().errTokenAtClear.ordinal()),
    XFD_ERR_PENDING(Group.TURN, ItemForm.HEX, s -> s.turn().pendingSet, s -> s.turn().pending),
    XFD_ERR_RESTORED(Group.TURN, ItemForm.HEX, s -> s.turn().restored, s -> s.turn().restoredValue),
    SLOW_RECORD(Group.TURN, ItemForm.FLAG, s -> true, s -> s.turn().slowRecord ? 1 : 0),
    USER_SPACE(Group.TURN, ItemForm.FLAG, s -> true, s -> s.turn().userspace ? 1 : 0),
    NESTED_EXIT(Group.TURN, ItemForm.FLAG, s -> true, s -> s.turn().nestedExit ? 1 : 0),
    NESTED_ENTRY(Group.TURN, ItemForm.FLAG, s -> true, s -> s.turn().nestedEntry ? 1 : 0),
    NESTED_REFLECTED(Group.TURN, ItemForm.FLAG, s -> true, s -> s.turn().nestedReflected ? 1 : 0),
    NESTED_ENTRY_FAILED(Group.TURN, ItemForm.FLAG, s -> true, s -> s.turn().nestedEntryFailed ? 1 : 0),
    NESTED_EXITED(
            Group.TURN,
            ItemForm.LEVEL,
            s -> s.turn().levels.exited != Level.UNKNOWN,
            s -> s.turn().levels.exited.ordinal()),
    NESTED_RECORDED(Group.TURN, ItemForm.FLAG, s -> true, s -> s.turn().levels.recorded ? 1 : 0),
    NESTED_SILENT(Group.TURN, ItemForm.FLAG, s -> true, s -> s.turn().levels.silent ? 1 : 0),
    REFLECTED_REASON(Group.TURN, ItemForm.REASON, s -> s.turn().nestedReflected, s -> s.turn().levels.reflectedReason),
    REFLECTED_INFO(Group.TURN, ItemForm.HEX, s -> s.turn().nestedReflected, s -> s.turn().levels.reflectedInfo),
    NESTED_RIP(Group.TURN, ItemForm.HEX, s -> s.turn().nestedEntry, s -> s.turn().levels.nestedRip),
    INJECTION_ANNOUNCED(Group.TURN, ItemForm.FLAG, s -> true, s -> s.turn().injection.announced ? 1 : 0),
    INJECTION_VECTOR(Group.TURN, ItemForm.HEX, s -> s.turn().injection.announced, s -> s.turn().injection.vector),
    INJECTION_IS_INTERRUPT(
            Group.TURN, ItemForm.FLAG, s -> s.turn().injection.announced, s -> s.turn().injection.interrupt ? 1 : 0),
    INJECTION_IS_SOFT(
            Group.TURN, ItemForm.FLAG, s -> s.turn().injection.announced, s -> s.turn().injection.soft ? 1 : 0),
    INJECTION_REPLACED(Group.TURN, ItemForm.FLAG, s -> true, s -> s.turn().injection.replaced ? 1 : 0),
    NMS_ANNOUNCED(Group.TURN, ItemForm.COUNT, s -> true, s -> s.turn().injection.nms),
    NMS_ANNOUNCED_ELSEWHERE(Group.TURN, ItemForm.COUNT, s -> true, s -> s.turn().injection.nmsElsewhere),
    INJECTION_LEVEL_CHANGED(Group.TURN, ItemForm.FLAG, s -> true, s -> s.turn().injection.levelChanged ? 1 : 0),
    INJECTION_MAY_HAVE_CHANGED(Group.TURN, ItemForm.FLAG, s -> true, s -> s.turn().injection.mayHaveChanged ? 1 : 0),
    ENTRY_INTR_INFO(
            Group.TURN, ItemForm.HEX, s -> s.turn().injection.entryInfoKnown, s -> s.turn().injection.entryInfo),
    ENTRY_RIP(Group.TURN, ItemForm.HEX, s -> s.turn().injection.entryRipKnown, s -> s.turn().injection.entryRip),
    XFD_WRITE_ACCEPTED(Group.TURN, ItemForm.FLAG, s -> true, s -> s.turn().xfdAccepted ? 1 : 0),
    ACCESS_REFUSED(Group.TURN, ItemForm.FLAG, s -> true, s -> s.turn().refusedAccess().seen ? 1 : 0),
    REFUSED_MSR(
            Group.TURN,
            ItemForm.HEX,
            s -> s.turn().refusedAccess().seen,
            s -> s.turn().refusedAccess().index),
    REFUSED_WRITE(
            Group.TURN,
            ItemForm.FLAG,
            s -> s.turn().refusedAccess().seen,
            s -> s.turn().refusedAccess().write ? 1 : 0),
    REFUSED_DATA(
            Group.TURN,
            ItemForm.HEX,
            s -> s.turn().refusedAccess().seen,
            s -> s.turn().refusedAccess().data),
    REFUSED_ANSWER(
            Group.TURN,
            ItemForm.ANSWER,
            s -> s.turn().refusedAccess().seen,
            s -> s.turn().refusedAccess().answer.ordinal()),
    REFUSED_VECTOR(
            Group.TURN,
            ItemForm.HEX,
            s -> s.turn().refusedAccess().seen,
            s -> s.turn().refusedAccess().vector),
    GUEST_MSR_ACCESSES(Group.TURN, ItemForm.COUNT, s -> true, s -> s.turn().msrAccesses),
    FIRST_MSR(Group.TURN, ItemForm.HEX, s -> s.turn().msrAccesses > 0, s -> s.turn().firstMsr),
    FIRST_MSR_WRITTEN(Group.TURN, ItemForm.FLAG, s -> s.turn().msrAccesses > 0, s -> s.turn().firstMsrWrite ? 1 : 0),
    FAST_MSR_WRITE(Group.TURN, ItemForm.FLAG, s -> true, s -> s.turn().fastMsrWrite ? 1 : 0),
    XFD_EXITS_WHILE_OPEN(Group.TURN, ItemForm.COUNT, s -> true, s -> s.turn().xfdExitsWhileOpen),
    STEADY_ZERO_WRITES(Group.TURN, ItemForm.FLAG, s -> true, s -> s.turn().steadyZeroWrites ? 1 : 0),
    FIRST_PORT(Group.TURN, ItemForm.HEX, s -> s.turn().portIo, s -> s.turn().firstPort),
    FIRST_PORT_WRITTEN(Group.TURN, ItemForm.FLAG, s -> s.turn().portIo, s -> s.turn().firstPortWrite ? 1 : 0),
    EMULATED_ACCESS(
            Group.TURN,
            ItemForm.EMULATED_ACCESS,
            s -> s.turn().emulatedAccess.kind() != EmulatedAccess.Kind.NONE,
            s -> s.turn().emulatedAccess.kind().ordinal()),
    EMULATED_ACCESS_WRITES(
            Group.TURN,
            ItemForm.FLAG,
            s -> s.turn().emulatedAccess.kind() != EmulatedAccess.Kind.NONE,
            s -> s.turn().emulatedAccess.write() ? 1 : 0),
    EMULATED_ACCESS_PLACE(
            Group.TURN,
            ItemForm.HEX,
            s -> s.turn().emulatedAccess.kind() != EmulatedAccess.Kind.NONE,
            s -> s.turn().emulatedAccess.place()),
    DOUBTFUL(Group.TURN, ItemForm.FLAG, s -> true, s -> s.turn().doubtful ? 1 : 0),
    PATH(
            Group.TURN,
            ItemForm.PATH,
            s -> s.turn().path != Path.UNKNOWN,
            s -> s.turn().path.ordinal()),
    LEVEL_OF_EXIT(
            Group.TURN,
            ItemForm.LEVEL,
            s -> s.turn().level != Level.UNKNOWN,
            s -> s.turn().level.ordinal()),

    AFTER_XFD_WRITE(Group.PLACE, ItemForm.FLAG, s -> true, s -> s.afterXfdWrite ? 1 : 0),
    L2_KEPT_NEXT(Group.PLACE, ItemForm.COUNT, s -> true, s -> s.presentL2.keptNext),
    TIME(Group.PLACE, ItemForm.COUNT, s -> true, s -> s.time),
    NOWI_SEQ(Group.PLACE, ItemForm.COUNT, s -> s.nowi, s -> s.nowiSeq),
    EXIT_SEQ(Group.PLACE, ItemForm.COUNT, s -> true, s -> s.turn().seq),
    EXIT_TIME(Group.PLACE, ItemForm.COUNT, s -> true, s -> s.turn().time),
    EXIT_SOURCE(Group.PLACE, ItemForm.COUNT, s -> true, s -> s.turn().source),
    EXIT_ISA(Group.PLACE, ItemForm.ISA, s -> s.turn().isa != 0, s -> s.turn().isa);

    /** What an item speaks of. */
    public enum Group {
        /** The vCPU (specification, section 1.1). */
        VCPU,
        /** The guest that L1 runs. */
        L2,
        /** What a single policy keeps in mind over events: for programs only. */
        REMEMBERED,
        /** What the recording has and lacks. */
        RECORDING,
        /** The exit that has no entry yet, or the last one that got it. */
        TURN,
        /** When and where: numbers of events, times, lines, what came right before. */
        PLACE
    }

    private final Group group;
    private final ItemForm form;
    private final Predicate<VcpuState> known;
    private final ToLongFunction<VcpuState> value;

    StateItem(Group group, ItemForm form, Predicate<VcpuState> known, ToLongFunction<VcpuState> value) {
        this.group = group;
        this.form = form;
        this.known = known;
        this.value = value;
    }

    /** As documents spell it. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    public Group group() {
        return group;
    }

    boolean known(VcpuState state) {
        return known.test(state);
    }

    long value(VcpuState state) {
        return value.applyAsLong(state);
    }

    /** A known value of it for people. */
    String text(long known, int isa) {
        return form.of(known, isa);
    }
}
