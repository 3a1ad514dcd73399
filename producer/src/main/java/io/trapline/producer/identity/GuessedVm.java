package io.trapline.producer.identity;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/** A VM that no process id told: threads that look alike and print different vCPU numbers. */
final class GuessedVm {
    private final String name;
    /** How many threads have a name of this pattern. */
    private final Map<String, Integer> patterns = new HashMap<>();

    private final NavigableSet<Integer> pids = new TreeSet<>();
    /** Bits of the vCPUs with a number below {@link Long#SIZE}, as nearly all have: asked for each VM and new thread. */
    private long lowVcpus;

    private final Set<Integer> highVcpus = new HashSet<>();

    GuessedVm(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    boolean has(int vcpu) {
        return vcpu < Long.SIZE ? (lowVcpus & 1L << vcpu) != 0 : highVcpus.contains(vcpu);
    }

    void add(TraceThread thread, int vcpu) {
        if (thread.guessedVm != this) {
            thread.patternInVm = null;
            pids.add(thread.pid);
        }
        learnName(thread);
        if (vcpu < Long.SIZE) {
            lowVcpus |= 1L << vcpu;
        } else {
            highVcpus.add(vcpu);
        }
    }

    /** Takes the name that one of this VM's threads has now for the one that it had. */
    void learnName(TraceThread thread) {
        String pattern = thread.commPattern();
        if (pattern.equals(thread.patternInVm)) {
            return;
        }
        if (thread.patternInVm != null) {
            patterns.computeIfPresent(thread.patternInVm, (same, count) -> count == 1 ? null : count - 1);
        }
        patterns.merge(pattern, 1, Integer::sum);
        thread.patternInVm = pattern;
    }

    /** Whether the thread's name could be one of this VM's. A thread without a name says nothing against it. */
    boolean looksLike(TraceThread thread) {
        return thread.isNameless()
                || patterns.containsKey(TraceThread.NAMELESS)
                || patterns.containsKey(thread.commPattern());
    }

    /** How far the thread's pid is from the nearest here: threads of a VM are made one after the other. */
    int pidDistance(TraceThread thread) {
        Integer below = pids.floor(thread.pid);
        Integer above = pids.ceiling(thread.pid);
        int down = below == null ? Integer.MAX_VALUE : thread.pid - below;
        int up = above == null ? Integer.MAX_VALUE : above - thread.pid;
        return Math.min(down, up);
    }
}
