package io.trapline.app.diff;

import io.trapline.app.diff.RunWatch.Place;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Which VM of B is which of A. They have the same name, or, where no name is in both and they are equally many, the same
 * place among them: a recording names VMs by what it knows of them, which may be a process that lives once.
 */
final class VmNames {
    private final Map<String, String> toA = new HashMap<>();
    private final Map<String, String> toB = new HashMap<>();

    VmNames(MeasuredRun a, MeasuredRun b) {
        boolean strangers = a.vms().stream().noneMatch(b.vms()::contains);
        if (strangers && a.vms().size() == b.vms().size()) {
            Iterator<String> ofB = b.vms().iterator();
            a.vms().forEach(vm -> put(vm, ofB.next()));
        }
    }

    private void put(String inA, String inB) {
        toA.put(inB, inA);
        toB.put(inA, inB);
    }

    /** B by the names of A. */
    MeasuredRun asInA(MeasuredRun b) {
        return b.renamed(toA);
    }

    /** What B calls a VM of A. */
    String inB(String vm) {
        return toB.getOrDefault(vm, vm);
    }

    /** What B calls a vCPU of A. */
    Place inB(Place place) {
        return new Place(inB(place.vm()), place.vcpu());
    }
}
