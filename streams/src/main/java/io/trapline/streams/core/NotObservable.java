package io.trapline.streams.core;

import java.util.List;

/**
 * The rules of the specification that the replay does not follow, because no record shows them or no policy asks yet.
 * A test checks that each of R1 to R33 is named either in the code of the replay or here.
 */
public record NotObservable(String rule, String assumed, String affects) {
    public static final List<NotObservable> ALL = List.of(
            not("R2", "both XFD MSRs are intercepted at first", "nowi is unknown, never known false"),
            not("R20", "INIT and RESET change no item", "nothing: the kernel clears none of them"),
            not("R21", "no filter denies the XFD MSRs", "P12: with a filter L1 accesses may go on to exit"),
            not("R30", "nothing", "it is arithmetic over the other rules"),
            not("R31", "the guest is no TDX guest", "nowi is unknown until the first sync shows it"),
            not("R32", "the guest's registers are KVM's to read", "nothing: no policy reads them"),
            not("R33", "an accepted access had its effect", "P13, P26: before 5.17 ignore_msrs accepts any"));

    private static NotObservable not(String rule, String assumed, String affects) {
        return new NotObservable(rule, assumed, affects);
    }
}
