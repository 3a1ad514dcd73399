package io.trapline.streams.whatif;

/** Axis T: when L0 adds #NM to what it traps (specification, 5.3). What L1 traps for its guest exits under all of them. */
public enum TrapRule {
    /** While writes of IA32_XFD are not intercepted. */
    T1,
    /** While XFD is armed, as intercepted writes tell. */
    T2,
    /** While XFD was armed at the last exit that read it. */
    T3,
    /** As T1, but not while L2 runs. */
    T4,
    /** Once XCR0 enables tile data. */
    T5,
    /** Never. */
    T6,
    /** T1 or T2. */
    T7
}
