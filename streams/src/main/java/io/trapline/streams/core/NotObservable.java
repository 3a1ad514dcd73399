package io.trapline.streams.core;

import java.util.List;

/**
 * The rules of the specification that the replay does not follow, because no record shows them or no policy asks yet.
 * A test checks that each of R1 to R33 is named either in the code of the replay or here.
 */
public record NotObservable(String rule, String assumed, String affects) {
    public static final List<NotObservable> ALL = List.of(
            not("R1", "the VMM asked for permission where the guest writes IA32_XFD", "which writes may be refused"),
            not("R2", "both XFD MSRs are intercepted at first", "nowi is unknown, never known false"),
            not("R11", "the exception bitmap follows nowi", "a #NM that is not trapped leaves no record"),
            not("R19", "saved state agrees with XFD", "nothing before policy P20 exists"),
            not("R20", "INIT and RESET change no item", "nothing: the kernel clears none of them"),
            not("R21", "no filter denies the XFD MSRs", "P12: with a filter L1 accesses may go on to exit"),
            not("R22", "passed-through MSRs do not exit", "nothing before policy P28 exists"),
            not("R24", "L2 accesses to the XFD MSRs always exit", "P12 judges L1 only"),
            not("R30", "nothing", "it is arithmetic over the other rules"),
            not("R31", "the guest is no TDX guest", "nowi is unknown until the first sync shows it"),
            not("R32", "the guest's registers are KVM's to read", "nothing: no policy reads them"),
            not(
                    "R33",
                    "an accepted access had its effect",
                    "IA32_XFD and IA32_XFD_ERR are not covered by ignore_msrs"));

    private static NotObservable not(String rule, String assumed, String affects) {
        return new NotObservable(rule, assumed, affects);
    }
}
