package io.trapline.app.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The vCPU of a sound recording in turns: what each of its lines is, and what a kernel that did it knew. A model of its
 * own, from the text alone; sound recordings of one vCPU thread only.
 */
final class RecordedTurns {
    private static final Pattern FAST = Pattern.compile("PREEMPTION_TIMER|HLT|INVD|MSR_WRITE");
    private static final String XFD = "1c4, value [0-9a-f]+";
    private static final String ERR = "1c5, value [0-9a-f]+";

    /** One turn: places of its lines among the thread's; {@code entry} is -1 where the recording ends before it. */
    record Turn(int number, int exit, int entry, int last) {}

    private final List<RecordedLine> lines = new ArrayList<>();
    private final List<RecordKind> kinds = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();
    /** For each line its turn, or null between an entry and the next exit. */
    private final List<Turn> turnOf = new ArrayList<>();

    RecordedTurns(List<String> recording) {
        List<RecordedLine> all = IntStream.range(0, recording.size())
                .mapToObj(place -> RecordedLine.of(place, recording.get(place)))
                .filter(Objects::nonNull)
                .toList();
        int thread = all.stream()
                .filter(line -> line.event().equals("kvm_entry"))
                .findFirst()
                .orElseThrow()
                .thread();
        all.stream()
                .filter(line -> line.thread() == thread && !line.inInterrupt())
                .forEach(lines::add);
        findTurns();
        for (int at = 0; at < lines.size(); at++) {
            kinds.add(kindOf(at));
        }
    }

    private void findTurns() {
        int exit = -1;
        for (int at = 0; at < lines.size(); at++) {
            String event = lines.get(at).event();
            if (event.equals("kvm_exit")) {
                exit = at;
            } else if (event.equals("kvm_entry") && exit >= 0) {
                turns.add(new Turn(turns.size(), exit, at, at));
                exit = -1;
            }
        }
        if (exit >= 0) {
            turns.add(new Turn(turns.size(), exit, -1, lines.size() - 1));
        }
        lines.forEach(line -> turnOf.add(null));
        for (Turn turn : turns) {
            for (int at = turn.exit(); at <= turn.last(); at++) {
                turnOf.set(at, turn);
            }
        }
    }

    private RecordKind kindOf(int at) {
        RecordedLine line = lines.get(at);
        return switch (line.event()) {
            case "kvm_entry" -> RecordKind.ENTRY;
            case "kvm_exit" -> RecordKind.EXIT;
            case "read_msr" -> readKind(at, line);
            case "write_msr" -> writeKind(at, line);
            case "kvm_msr" -> guestKind(line);
            case "kvm_inj_exception" -> injectionKind(line);
            case "kvm_fpu" -> line.fields().startsWith("load") ? RecordKind.LOAD : RecordKind.UNLOAD;
            case "kvm_userspace_exit" -> RecordKind.USERSPACE;
            case "kvm_nested_vmenter" -> RecordKind.NESTED_ENTRY;
            case "kvm_nested_vmexit" -> RecordKind.NESTED_EXIT;
            case "kvm_nested_vmexit_inject" -> RecordKind.REFLECTED;
            default -> RecordKind.OTHER;
        };
    }

    private RecordKind readKind(int at, RecordedLine line) {
        Turn turn = turnOf.get(at);
        if (turn == null || line.irqsOn()) {
            return RecordKind.OTHER;
        }
        if (line.fields().matches(XFD)) {
            return RecordKind.SYNC;
        }
        return line.fields().matches(ERR) && isNm(turn) ? RecordKind.CAPTURE : RecordKind.OTHER;
    }

    private RecordKind writeKind(int at, RecordedLine line) {
        if (line.fields().matches(XFD)) {
            return RecordKind.XFD_WRITE;
        }
        if (turnOf.get(at) == null || !line.fields().matches(ERR) || line.irqsOn()) {
            return RecordKind.OTHER;
        }
        return line.hexAfter("value ") == 0 ? RecordKind.CLEAR : RecordKind.RESTORE;
    }

    private static RecordKind guestKind(RecordedLine line) {
        if (!line.fields().matches("msr_(read|write) 1c[45] = .*")) {
            return RecordKind.GUEST_MSR;
        }
        boolean write = line.fields().startsWith("msr_write");
        if (line.fields().endsWith("(#GP)")) {
            return write ? RecordKind.REFUSED : RecordKind.GUEST_MSR;
        }
        boolean arms = line.fields().startsWith("msr_write 1c4") && line.hexAfter("= 0x") != 0;
        return arms ? RecordKind.ARMING : RecordKind.GUEST_XFD;
    }

    private static RecordKind injectionKind(RecordedLine line) {
        if (line.fields().endsWith("[reinjected]")) {
            return RecordKind.INJECT_OTHER;
        }
        return switch (line.fields().substring(0, 3)) {
            case "#NM" -> RecordKind.INJECT_NM;
            case "#GP" -> RecordKind.INJECT_GP;
            default -> RecordKind.INJECT_OTHER;
        };
    }

    int count() {
        return lines.size();
    }

    RecordedLine line(int at) {
        return lines.get(at);
    }

    RecordKind kind(int at) {
        return kinds.get(at);
    }

    /** Null for a line between an entry and the next exit. */
    Turn turnOf(int at) {
        return turnOf.get(at);
    }

    boolean isNm(Turn turn) {
        return lines.get(turn.exit()).fields().contains("intr_info 0x80000307");
    }

    String reason(Turn turn) {
        return lines.get(turn.exit()).fields().replaceFirst("vcpu \\d+ reason (.*) rip 0x.*", "$1");
    }

    boolean has(Turn turn, RecordKind kind) {
        return in(turn, kind).isPresent();
    }

    /** The first line of this kind in the turn. */
    OptionalInt in(Turn turn, RecordKind kind) {
        return IntStream.rangeClosed(turn.exit(), turn.last())
                .filter(at -> kinds.get(at) == kind)
                .findFirst();
    }

    /** Whether any line of this kind stands in [from, to). */
    boolean anyBetween(int from, int to, RecordKind kind) {
        return IntStream.range(from, to).anyMatch(at -> kinds.get(at) == kind);
    }

    /** Whether nowi is known to be set before this line, even if another one were missing. */
    boolean provesNowiBefore(int at, int missing) {
        return IntStream.range(0, at)
                .anyMatch(each -> each != missing
                        && (kinds.get(each) == RecordKind.SYNC || kinds.get(each) == RecordKind.ARMING));
    }

    /** What the entry before this turn left in XFD_ERR: known after a complete turn, once writes are seen to be recorded. */
    boolean errKnownBefore(Turn turn) {
        if (turn.number() == 0) {
            return false;
        }
        int entry = turns.get(turn.number() - 1).entry();
        return anyBetween(0, entry, RecordKind.XFD_WRITE)
                || anyBetween(0, entry, RecordKind.CLEAR)
                || anyBetween(0, entry, RecordKind.RESTORE);
    }

    long errBefore(Turn turn) {
        OptionalInt restore = in(turns.get(turn.number() - 1), RecordKind.RESTORE);
        return restore.isPresent() ? lines.get(restore.getAsInt()).hexAfter("value ") : 0;
    }

    /** R17: whether the turn could be one that entered again from the run loop, if it had not this line. */
    boolean looksFastWithout(int missing) {
        Turn turn = turnOf.get(missing);
        if (!FAST.matcher(reason(turn)).matches()) {
            return false;
        }
        boolean named = !reason(turn).equals("MSR_WRITE");
        for (int at = turn.exit() + 1; at < turn.last(); at++) {
            RecordedLine line = lines.get(at);
            RecordKind kind = kinds.get(at);
            boolean slow = line.irqsOn() || kind == RecordKind.CLEAR || kind == RecordKind.RESTORE;
            if (at != missing && (slow || kind == RecordKind.SYNC)) {
                return false;
            }
            named |= line.is("kvm_msr", "msr_write (830|6e0) .*");
        }
        return named;
    }
}
