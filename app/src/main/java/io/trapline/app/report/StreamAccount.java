package io.trapline.app.report;

import io.trapline.schemas.event.StreamKey;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The books of one stream: what came in, as the run lists it, and where it went. Times are units of the run's clock.
 *
 * @param listed events of the stream by the run's description
 * @param byKind events of all kinds together
 * @param entriesAlone entries that no exit came before
 * @param wall from the first event to the last
 */
public record StreamAccount(
        String vm,
        int vcpu,
        long listed,
        long events,
        long byKind,
        long entries,
        long exits,
        long samples,
        long open,
        long entriesAlone,
        long wall,
        long guest,
        long host,
        long unknown) {

    static final Comparator<StreamAccount> ORDER =
            Comparator.comparing(StreamAccount::vm).thenComparingInt(StreamAccount::vcpu);

    boolean isVcpu() {
        return !vm.equals(StreamKey.HOST);
    }

    /** What does not add up, a sentence each. */
    List<String> imbalances() {
        List<String> sentences = new ArrayList<>();
        if (listed != events) {
            sentences.add(name() + ": the run lists " + listed + " events, " + events + " were counted");
        }
        if (byKind != events) {
            sentences.add(name() + ": kinds of events add up to " + byKind + ", not " + events);
        }
        if (exits != samples + open) {
            sentences.add(name() + ": " + exits + " exits are not " + samples + " with a following entry and " + open
                    + " without");
        }
        if (entries != samples + entriesAlone) {
            sentences.add(name() + ": " + entries + " entries are not " + samples + " that follow an exit and "
                    + entriesAlone + " that do not");
        }
        if (!timeAddsUp()) {
            sentences.add(name() + ": of " + wall + " units of time, " + guest + " in the guest, " + host
                    + " in the host and " + unknown + " unknown do not add up");
        }
        return sentences;
    }

    /** Sums of sums: a broken figure may be of any size. */
    private boolean timeAddsUp() {
        BigInteger booked =
                BigInteger.valueOf(guest).add(BigInteger.valueOf(host)).add(BigInteger.valueOf(unknown));
        return booked.equals(BigInteger.valueOf(wall)) && guest >= 0 && host >= 0 && unknown >= 0;
    }

    private String name() {
        return isVcpu() ? "VM " + Lines.safe(vm) + " vCPU " + vcpu : "host CPU " + vcpu;
    }
}
