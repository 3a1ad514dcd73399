package io.trapline.streams.core;

import io.trapline.schemas.table.ExitReasons;

/**
 * What has happened since an exit: the unit of judgement (specification, section 4), from {@code kvm_exit} to the next
 * {@code kvm_entry}. {@link Replay} writes it; when the turn ends, observers read it.
 */
public final class Turn {
    /** An exit began it and nothing has ended it yet. */
    boolean open;

    long seq;
    long time;
    long source;
    int isa;
    long reason;
    long info1;
    long info2;
    long intrInfo;
    boolean intrInfoKnown;
    /** The exit has the field of 6.14: so does the kernel. */
    boolean requestsKnown;

    Level levelAtExit = Level.UNKNOWN;
    boolean levelProvedAtExit;
    boolean nowiAtExit;
    long xfdAtExit;
    boolean xfdAtExitKnown;
    long xfdErrAtExit;
    boolean xfdErrAtExitKnown;

    /** Records were missing before it (P23), and the FPU had not been loaded again. */
    boolean doubtful;

    /** Records still belong to the irqoff window (specification, 2.2). */
    boolean windowOpen;
    /** The exit's own record was written with IRQs off, or does not say: what the window holds can be seen. */
    boolean windowVisible;

    boolean synced;
    long syncedValue;
    boolean syncedLate;
    boolean captured;
    long capturedValue;
    /** IA32_XFD_ERR was read, but with IRQs on. */
    boolean capturedLate;
    /** IA32_XFD_ERR was read before IA32_XFD. */
    boolean capturedBeforeSync;
    /** The host's read of IA32_XFD_ERR gave #GP. */
    boolean captureFailed;

    boolean cleared;
    boolean clearedLate;
    boolean restored;
    long restoredValue;
    /** R12 or R10 gave KVM's copy of XFD_ERR a new value in this turn. */
    boolean pendingSet;

    long pending;

    /** The guest wrote 0 to IA32_XFD_ERR, and it was accepted. */
    boolean guestClear;
    /** What it had to clear. */
    ErrToken errTokenAtClear = ErrToken.UNKNOWN;

    /** A record that only the slow path writes, or one written with IRQs on. */
    boolean slowRecord;

    boolean userspace;
    boolean nestedExit;
    boolean nestedEntry;
    boolean nestedReflected;
    boolean nestedEntryFailed;

    int msrAccesses;
    long firstMsr;
    boolean firstMsrWrite;
    /** A write of an MSR that the fast path knows. */
    boolean fastMsrWrite;
    /** Accesses to IA32_XFD that exited although {@code nowi} was known before. */
    int xfdExitsWhileOpen;

    boolean steadyZeroWrites;

    /** A write of IA32_XFD was accepted. */
    boolean xfdAccepted;

    private final RefusedAccess refusedAccess = new RefusedAccess();

    final EmulatedAccess emulatedAccess = new EmulatedAccess();

    boolean portIo;
    int firstPort;
    boolean firstPortWrite;

    /** Decided when the turn ends. */
    Path path = Path.UNKNOWN;

    Level level = Level.UNKNOWN;

    final LevelChanges levels = new LevelChanges();
    final Injection injection = new Injection();

    /** Number of the exit in its stream. */
    public long seq() {
        return seq;
    }

    /** Time of the exit, in units of the run's clock. */
    public long time() {
        return time;
    }

    /** Position of the exit in the source. */
    public long source() {
        return source;
    }

    public boolean open() {
        return open;
    }

    public int isa() {
        return isa;
    }

    /** The exit's raw reason. */
    public long reason() {
        return reason;
    }

    public long info1() {
        return info1;
    }

    public long info2() {
        return info2;
    }

    public long intrInfo() {
        return intrInfo;
    }

    public boolean intrInfoKnown() {
        return intrInfoKnown;
    }

    /** Which level the exit came from; decided when the turn ends. */
    public Level level() {
        return level;
    }

    /** The way the exit took; decided when the turn ends. */
    public Path path() {
        return path;
    }

    public Level levelAtExit() {
        return levelAtExit;
    }

    /** Only a missing record could have made it another level. */
    public boolean levelProvedAtExit() {
        return levelProvedAtExit;
    }

    public boolean nowiAtExit() {
        return nowiAtExit;
    }

    public boolean xfdAtExitKnown() {
        return xfdAtExitKnown;
    }

    public long xfdAtExit() {
        return xfdAtExit;
    }

    public boolean xfdErrAtExitKnown() {
        return xfdErrAtExitKnown;
    }

    public long xfdErrAtExit() {
        return xfdErrAtExit;
    }

    /** Whether what a missing record would say is open for this turn (P23). */
    public boolean doubtful() {
        return doubtful;
    }

    /** Whether the irqoff window could be seen at all. */
    public boolean windowVisible() {
        return windowVisible;
    }

    /** Whether a later record shows that the irqoff window has ended. */
    public boolean windowOver() {
        return windowVisible && !windowOpen;
    }

    /** Whether the kernel is 6.14 or later by what its exits say. */
    public boolean requestsKnown() {
        return requestsKnown;
    }

    /** R15 ran in the window. */
    public boolean synced() {
        return synced;
    }

    /** The guest's IA32_XFD as R15 read it. */
    public long syncedValue() {
        return syncedValue;
    }

    /** IA32_XFD was read, but with IRQs on. */
    public boolean syncedLate() {
        return syncedLate;
    }

    /** R12 read XFD_ERR. */
    public boolean captured() {
        return captured;
    }

    public long capturedValue() {
        return capturedValue;
    }

    /** R12 read XFD_ERR, but after the window. */
    public boolean capturedLate() {
        return capturedLate;
    }

    /** R12 ran before R15 in this exit. */
    public boolean capturedBeforeSync() {
        return capturedBeforeSync;
    }

    /** The read of XFD_ERR gave #GP: this host has no such register. */
    public boolean captureFailed() {
        return captureFailed;
    }

    /**
     * A #NM exit whose R12 shows no record although XFD may have been armed: what it made of KVM's copy of XFD_ERR nobody
     * knows.
     */
    public boolean mayHaveCapturedUnseen() {
        boolean disarmed = synced && syncedValue == 0;
        return isDeviceNotAvailable() && !captured && !disarmed;
    }

    /** The guest cleared XFD_ERR in this exit. */
    public boolean guestClear() {
        return guestClear;
    }

    /** Whether it had anything to clear. */
    public ErrToken errTokenAtClear() {
        return errTokenAtClear;
    }

    /** R16 ran in the window. */
    public boolean cleared() {
        return cleared;
    }

    /** XFD_ERR was cleared, but after the window. */
    public boolean clearedLate() {
        return clearedLate;
    }

    /** R14 ran. */
    public boolean restored() {
        return restored;
    }

    public long restoredValue() {
        return restoredValue;
    }

    public boolean pendingSet() {
        return pendingSet;
    }

    /** What this turn made of KVM's copy of XFD_ERR. */
    public long pending() {
        return pending;
    }

    /** R15 runs for it; decided when the turn ends. */
    public boolean paysSync() {
        return path == Path.SLOW && (nowiAtExit || synced);
    }

    /** User space had the vCPU: it may have changed MSRs, events and level. */
    public boolean userspace() {
        return userspace;
    }

    /**
     * The guest wrote an MSR and no record says which: kvm_msr was not recorded, or a filter kept it from the log. It may
     * have been any of those that the replay follows.
     */
    public boolean hidesMsrWrite() {
        return Exits.writesMsr(isa, reason, info1) && msrAccesses == 0 && !nestedReflected;
    }

    /** L1 entered L2 in this turn. */
    public boolean nestedEntry() {
        return nestedEntry;
    }

    public int msrAccesses() {
        return msrAccesses;
    }

    /** Index of the first MSR that the guest accessed in this turn. */
    public long firstMsr() {
        return firstMsr;
    }

    public boolean firstMsrWrite() {
        return firstMsrWrite;
    }

    public int xfdExitsWhileOpen() {
        return xfdExitsWhileOpen;
    }

    /** The guest has written zero to IA32_XFD once more, {@link Replay#STEADY_ZERO_WRITES} times in a row. */
    public boolean steadyZeroWrites() {
        return steadyZeroWrites;
    }

    /** The refused access to IA32_XFD or IA32_XFD_ERR, if there was one. */
    public RefusedAccess refusedAccess() {
        return refusedAccess;
    }

    /** Of a device's memory or a control register, or a hypercall. */
    public EmulatedAccess emulatedAccess() {
        return emulatedAccess;
    }

    public boolean portIo() {
        return portIo;
    }

    public int firstPort() {
        return firstPort;
    }

    public boolean firstPortWrite() {
        return firstPortWrite;
    }

    /** Whether the exit is a #NM fault that KVM trapped. */
    public boolean isDeviceNotAvailable() {
        return intrInfoKnown && Exits.isDeviceNotAvailable(isa, reason, intrInfo);
    }

    /** Whether the exit is a #NM, on either ISA. */
    public boolean isNm() {
        return isDeviceNotAvailable() || Exits.isSvmNm(isa, reason);
    }

    /** Whether the exit came while an event was being delivered. */
    public boolean interruptsDelivery() {
        return Exits.vector(isa == ExitReasons.SVM ? intrInfo : info2) >= 0;
    }

    /** What was announced to be injected. */
    public Injection injection() {
        return injection;
    }

    public boolean nestedExit() {
        return nestedExit;
    }

    public boolean nestedReflected() {
        return nestedReflected;
    }

    /** The raw reason of the first exit that L1 was given. */
    public long reflectedReason() {
        return levels.reflectedReason;
    }

    /** Whether L1 was given the exit itself, not another one that came up behind it. */
    public boolean reflectsItsExit() {
        return nestedReflected && Exits.areSame(isa, reason, levels.reflectedReason);
    }

    /** Whether the exit is a #NM and L1 was given it. */
    public boolean reflectsNm() {
        return isNm() && reflectsItsExit() && (isa == ExitReasons.SVM || Exits.isNmInfo(levels.reflectedInfo));
    }

    /** Whether the exit is an MSR access that L0 emulated. */
    public boolean keepsMsrAccess() {
        return msrAccesses > 0 && Exits.isMsrAccess(isa, reason) && !reflectsItsExit();
    }

    /** Whether the exit may be one, and does not say which exception it is for. */
    public boolean mayBeDeviceNotAvailable() {
        return !intrInfoKnown && Exits.isException(isa, reason);
    }

    void close() {
        open = false;
        windowOpen = false;
    }

    /** Forgets the turn before; the caller sets what the exit says. */
    void begin() {
        open = true;
        windowOpen = true;
        windowVisible = true;
        synced = false;
        syncedValue = 0;
        syncedLate = false;
        captured = false;
        capturedValue = 0;
        capturedLate = false;
        capturedBeforeSync = false;
        captureFailed = false;
        cleared = false;
        clearedLate = false;
        restored = false;
        restoredValue = 0;
        pendingSet = false;
        pending = 0;
        guestClear = false;
        errTokenAtClear = ErrToken.UNKNOWN;
        slowRecord = false;
        userspace = false;
        nestedExit = false;
        nestedEntry = false;
        nestedReflected = false;
        nestedEntryFailed = false;
        msrAccesses = 0;
        firstMsr = 0;
        firstMsrWrite = false;
        fastMsrWrite = false;
        xfdExitsWhileOpen = 0;
        steadyZeroWrites = false;
        xfdAccepted = false;
        refusedAccess.begin();
        emulatedAccess.begin();
        portIo = false;
        firstPort = 0;
        firstPortWrite = false;
        path = Path.UNKNOWN;
        level = Level.UNKNOWN;
        levels.begin();
        injection.begin();
    }

    void each(Items items) {
        open = items.next(open);
        seq = items.next(seq);
        time = items.next(time);
        source = items.next(source);
        isa = items.next(isa);
        reason = items.next(reason);
        info1 = items.next(info1);
        info2 = items.next(info2);
        intrInfo = items.next(intrInfo);
        intrInfoKnown = items.next(intrInfoKnown);
        requestsKnown = items.next(requestsKnown);
        eachAtExit(items);
        eachOfXfd(items);
        eachOfPath(items);
        path = Path.of(items.next(path.ordinal()));
        level = Level.of(items.next(level.ordinal()));
        levels.each(items);
        injection.each(items);
    }

    private void eachAtExit(Items items) {
        levelAtExit = Level.of(items.next(levelAtExit.ordinal()));
        levelProvedAtExit = items.next(levelProvedAtExit);
        nowiAtExit = items.next(nowiAtExit);
        xfdAtExit = items.next(xfdAtExit);
        xfdAtExitKnown = items.next(xfdAtExitKnown);
        xfdErrAtExit = items.next(xfdErrAtExit);
        xfdErrAtExitKnown = items.next(xfdErrAtExitKnown);
        windowOpen = items.next(windowOpen);
        windowVisible = items.next(windowVisible);
        doubtful = items.next(doubtful);
    }

    private void eachOfXfd(Items items) {
        synced = items.next(synced);
        syncedValue = items.next(syncedValue);
        syncedLate = items.next(syncedLate);
        captured = items.next(captured);
        capturedValue = items.next(capturedValue);
        capturedLate = items.next(capturedLate);
        capturedBeforeSync = items.next(capturedBeforeSync);
        captureFailed = items.next(captureFailed);
        cleared = items.next(cleared);
        clearedLate = items.next(clearedLate);
        restored = items.next(restored);
        restoredValue = items.next(restoredValue);
        pendingSet = items.next(pendingSet);
        pending = items.next(pending);
        guestClear = items.next(guestClear);
        errTokenAtClear = ErrToken.of(items.next(errTokenAtClear.ordinal()));
    }

    private void eachOfPath(Items items) {
        slowRecord = items.next(slowRecord);
        userspace = items.next(userspace);
        nestedExit = items.next(nestedExit);
        nestedEntry = items.next(nestedEntry);
        nestedReflected = items.next(nestedReflected);
        nestedEntryFailed = items.next(nestedEntryFailed);
        msrAccesses = items.next(msrAccesses);
        firstMsr = items.next(firstMsr);
        firstMsrWrite = items.next(firstMsrWrite);
        fastMsrWrite = items.next(fastMsrWrite);
        xfdExitsWhileOpen = items.next(xfdExitsWhileOpen);
        steadyZeroWrites = items.next(steadyZeroWrites);
        xfdAccepted = items.next(xfdAccepted);
        refusedAccess.each(items);
        emulatedAccess.each(items);
        portIo = items.next(portIo);
        firstPort = items.next(firstPort);
        firstPortWrite = items.next(firstPortWrite);
    }
}
