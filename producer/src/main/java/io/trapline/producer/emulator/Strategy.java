package io.trapline.producer.emulator;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One choice per axis of specification section 5: when to sync XFD, when to trap #NM, when to intercept writes of XFD.
 *
 * @param refreshesEb01 whether vmcs01's exception bitmap is brought up to date at every nested exit, which closes R28
 */
public record Strategy(Sync sync, Trap trap, Interception interception, boolean refreshesEb01) {
    /** What the kernel does since 5.17. */
    public static final Strategy MERGED = new Strategy(Sync.S1, Trap.T1, Interception.I1, false);

    /** I5: slow exits with an unchanged XFD after which its writes are intercepted again. */
    static final int REARM_EXITS = 64;

    private static final Pattern FORM = Pattern.compile("(S[1-6])/(T[1-7])/(I[1-5])(\\+EB01)?");

    /** When to sync XFD at an exit (specification 5.2). */
    public enum Sync {
        /** The flag {@code xfd_no_write_intercept}. */
        S1,
        /** XFD's write bit in the bitmap of the loaded VMCS. */
        S2,
        /** XFD's write bit in vmcs01's bitmap. */
        S3,
        /** What {@code msr_write_intercepted()} of 5.17 would have said: SPEC_CTRL's write bit. */
        S4,
        /** Always. */
        S5,
        /** Never. */
        S6
    }

    /** When L0 traps #NM (5.3). */
    public enum Trap {
        /** Once writes are not intercepted. */
        T1,
        /** While XFD is armed, as intercepted writes tell. */
        T2,
        /** While XFD is armed, as the last sync told. */
        T3,
        /** As T1, but in L1 only. */
        T4,
        /** Once XCR0 enables tile data. */
        T5,
        /** Never. */
        T6,
        /** T1 or T2. */
        T7
    }

    /** When writes of XFD are intercepted (5.4). */
    public enum Interception {
        /** Up to the first value other than 0. */
        I1,
        /** Always. */
        I2,
        /** Never. */
        I3,
        /** Up to the first value that differs from the one that Linux writes at boot. */
        I4,
        /** As I1, and again once XFD has stayed the same for a while. */
        I5
    }

    /** Reads {@code S2/T1/I1} or {@code S1/T1/I1+EB01}, in upper or lower case. */
    public static Strategy parse(String text) {
        Matcher matcher = FORM.matcher(text.toUpperCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "a strategy is S1-S6, T1-T7 and I1-I5, as S1/T1/I1 or S1/T1/I1+EB01, not " + text);
        }
        return new Strategy(
                Sync.valueOf(matcher.group(1)),
                Trap.valueOf(matcher.group(2)),
                Interception.valueOf(matcher.group(3)),
                matcher.group(4) != null);
    }

    @Override
    public String toString() {
        return sync + "/" + trap + "/" + interception + (refreshesEb01 ? "+EB01" : "");
    }
}
