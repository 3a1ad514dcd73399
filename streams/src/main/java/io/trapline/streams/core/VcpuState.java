package io.trapline.streams.core;

import io.trapline.schemas.event.EventFamily;

/**
 * What the replay knows of one vCPU between two events (specification, section 1.1). Flat and mutable; items that a
 * recording may not show are a value and whether it is known. Only {@link Replay} and {@link Turn} change it; observers
 * read.
 */
public final class VcpuState {
    /** Version of what the items mean: to be raised when an item is added, dropped or means something else. */
    public static final int VERSION = 5;

    /** Time of the last event, in units of the run's clock; never goes back. */
    long time;
    /** Events whose time lay before the one before them (or before 0) and was raised. */
    long clamped;

    Phase phase = Phase.UNKNOWN;
    Level level = Level.UNKNOWN;
    /** Only a missing record could make {@link #level} another one. */
    boolean levelProved;

    /** ISA of the last exit: 1 = VMX, 2 = SVM, 0 = not seen. */
    int isa;

    /** R4's flag is known to be set. False means unknown: nothing shows that it is not set, and nothing clears it. */
    boolean nowi;
    /** The event that proved {@link #nowi}. */
    long nowiSeq;

    /** IA32_XFD as KVM last synced or accepted it. */
    long xfd;

    boolean xfdKnown;
    /** KVM's copy of IA32_XFD_ERR, which entries write to the register. */
    long xfdErr;

    boolean xfdErrKnown;

    /** Whether the guest has a reason to clear IA32_XFD_ERR (P6). */
    ErrToken errToken = ErrToken.UNKNOWN;

    boolean fpuLoaded;
    boolean fpuKnown;

    /** Bit n set: {@link EventFamily} n has shown itself. */
    long familiesSeen;
    /** Bit n set: a record proves that {@link EventFamily} n was not recorded up to it. */
    long familiesDisproved;
    /** Events of this vCPU were lost somewhere before. */
    boolean lossSeen;
    /** The guest asked to run a guest of its own: L2 may be what exits. */
    boolean hypervisorGuest;
    /** Entries and exits did not pair (P23), and no kvm_fpu load came since. */
    boolean pairingLost;
    /** The thread's last record was a host write of IA32_XFD. */
    boolean afterXfdWrite;
    /** Accepted zero writes of IA32_XFD by L1 in a row, while {@link #nowi} is not known. */
    long zeroWrites;

    final PresentL2 presentL2 = new PresentL2();
    private final GuestCpuid guestCpuid = new GuestCpuid();
    private final MsrAccess msrAccess = new MsrAccess();
    private final OpenedMsrs openedMsrs = new OpenedMsrs();
    private final KeptXfd keptXfd = new KeptXfd();
    private final CpuXfd cpuXfd = new CpuXfd();
    private final GuestXstate guestXstate = new GuestXstate();
    private final GroundTruth groundTruth = new GroundTruth();
    private final Turn turn = new Turn();

    /** The turn that the last exit began. */
    public Turn turn() {
        return turn;
    }

    public GuestCpuid guestCpuid() {
        return guestCpuid;
    }

    /** The guest's last access to an MSR. */
    public MsrAccess msrAccess() {
        return msrAccess;
    }

    public OpenedMsrs openedMsrs() {
        return openedMsrs;
    }

    public KeptXfd keptXfd() {
        return keptXfd;
    }

    public CpuXfd cpuXfd() {
        return cpuXfd;
    }

    public GuestXstate guestXstate() {
        return guestXstate;
    }

    public GroundTruth groundTruth() {
        return groundTruth;
    }

    public long time() {
        return time;
    }

    public long clamped() {
        return clamped;
    }

    public Phase phase() {
        return phase;
    }

    public Level level() {
        return level;
    }

    /** Whether only a missing record could make {@link #level} another one. */
    public boolean levelProved() {
        return levelProved;
    }

    /** What is known of the guest's present guest. */
    public PresentL2 presentL2() {
        return presentL2;
    }

    public boolean fpuKnown() {
        return fpuKnown;
    }

    /** The guest's FPU state is in the registers. */
    public boolean fpuLoaded() {
        return fpuLoaded;
    }

    public int isa() {
        return isa;
    }

    /** Whether XFD writes are known not to be intercepted any more. */
    public boolean nowi() {
        return nowi;
    }

    /** Number of the event that proved {@link #nowi}. */
    public long nowiSeq() {
        return nowiSeq;
    }

    public boolean xfdKnown() {
        return xfdKnown;
    }

    public long xfd() {
        return xfd;
    }

    public boolean xfdErrKnown() {
        return xfdErrKnown;
    }

    public long xfdErr() {
        return xfdErr;
    }

    public ErrToken errToken() {
        return errToken;
    }

    public boolean seen(EventFamily family) {
        return (familiesSeen & family.bit()) != 0;
    }

    /** Whether what is missing of the family would have been there. */
    public boolean records(EventFamily family) {
        return family.isRecorded(familiesSeen);
    }

    public long familiesDisproved() {
        return familiesDisproved;
    }

    /** Notes that events of a family were not recorded up to here. */
    void disprove(EventFamily family, Observer observer) {
        familiesDisproved |= family.bit();
        observer.familyDisproved(family);
    }

    /** Notes that families of events are recorded; returns the bits of those of which this is the first that is seen. */
    public long show(long families) {
        long first = families & ~familiesSeen;
        familiesSeen |= families;
        return first;
    }

    public long familiesSeen() {
        return familiesSeen;
    }

    public boolean lossSeen() {
        return lossSeen;
    }

    /** Whether the guest has shown that it runs guests of its own: L2 may be what exits. */
    public boolean mayBeNested() {
        return hypervisorGuest || seen(EventFamily.NESTED);
    }

    /** The time that an event counts with: not before the one before it. */
    public long notBefore(long eventTime) {
        return Math.max(time, eventTime);
    }

    /** Takes an event's time. */
    public void advanceTo(long eventTime) {
        if (eventTime < time) {
            clamped++;
        } else {
            time = eventTime;
        }
    }

    void learnXfd(long value) {
        xfd = value;
        xfdKnown = true;
    }

    void learnXfdErr(long value) {
        xfdErr = value;
        xfdErrKnown = true;
    }

    /** Events were lost, or must have been: everything but R4's flag, which nothing clears, may have changed. */
    void forgetAllButNowi() {
        phase = Phase.UNKNOWN;
        level = Level.UNKNOWN;
        levelProved = false;
        presentL2.forget();
        xfdKnown = false;
        xfd = 0;
        xfdErrKnown = false;
        xfdErr = 0;
        errToken = ErrToken.UNKNOWN;
        fpuKnown = false;
        fpuLoaded = false;
        afterXfdWrite = false;
        zeroWrites = 0;
        keptXfd.forget();
        cpuXfd.forget();
        guestXstate.forget();
        groundTruth.forget();
        turn.close();
    }

    /** Another vCPU may run here from now on, whose flag and CPUID nobody knows. */
    void forgetNowi() {
        nowi = false;
        nowiSeq = 0;
        guestCpuid.forget();
        openedMsrs.forget();
    }

    /** Makes the other state equal to this one. */
    public void copyTo(VcpuState other) {
        SavedItems saved = new SavedItems();
        each(saved);
        other.each(saved.reader());
    }

    /** All items in the order of the snapshot; adding one raises {@link #VERSION}. */
    public void each(Items items) {
        time = items.next(time);
        clamped = items.next(clamped);
        phase = Phase.of(items.next(phase.ordinal()));
        level = Level.of(items.next(level.ordinal()));
        levelProved = items.next(levelProved);
        isa = items.next(isa);
        nowi = items.next(nowi);
        nowiSeq = items.next(nowiSeq);
        xfd = items.next(xfd);
        xfdKnown = items.next(xfdKnown);
        xfdErr = items.next(xfdErr);
        xfdErrKnown = items.next(xfdErrKnown);
        errToken = ErrToken.of(items.next(errToken.ordinal()));
        fpuLoaded = items.next(fpuLoaded);
        fpuKnown = items.next(fpuKnown);
        familiesSeen = items.next(familiesSeen);
        familiesDisproved = items.next(familiesDisproved);
        lossSeen = items.next(lossSeen);
        hypervisorGuest = items.next(hypervisorGuest);
        pairingLost = items.next(pairingLost);
        afterXfdWrite = items.next(afterXfdWrite);
        zeroWrites = items.next(zeroWrites);
        presentL2.each(items);
        guestCpuid.each(items);
        msrAccess.each(items);
        openedMsrs.each(items);
        keptXfd.each(items);
        cpuXfd.each(items);
        guestXstate.each(items);
        groundTruth.each(items);
        turn.each(items);
    }
}
