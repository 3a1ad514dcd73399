package io.trapline.producer.identity;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A VM that no process id told: threads that look alike and print different vCPU numbers. */
final class GuessedVm {
    private final String name;
    private final List<TraceThread> threads = new ArrayList<>();
    private final Set<Integer> vcpus = new HashSet<>();

    GuessedVm(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    boolean has(int vcpu) {
        return vcpus.contains(vcpu);
    }

    void add(TraceThread thread, int vcpu) {
        if (thread.guessedVm != this) {
            threads.add(thread);
        }
        vcpus.add(vcpu);
    }

    /** Whether the thread's name could be one of this VM's. A thread without a name says nothing against it. */
    boolean looksLike(TraceThread thread) {
        return threads.stream()
                .anyMatch(mine -> thread.isNameless()
                        || mine.isNameless()
                        || mine.commPattern().equals(thread.commPattern()));
    }

    /** How far the thread's pid is from the nearest here: threads of a VM are made one after the other. */
    int pidDistance(TraceThread thread) {
        return threads.stream()
                .mapToInt(mine -> Math.abs(mine.pid - thread.pid))
                .min()
                .orElse(Integer.MAX_VALUE);
    }
}
