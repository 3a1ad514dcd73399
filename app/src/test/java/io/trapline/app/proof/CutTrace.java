package io.trapline.app.proof;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A part of a sound recording, as somebody could have recorded it: cut at either end or both, with gaps that are marked
 * where they are, and without some tracepoints. All by chance, from one seed.
 */
record CutTrace(List<String> lines, int chunkMax, String told) {
    /**
     * What a recording can leave out as a whole: a tracepoint or several, or one MSR by an event filter. Parts of what
     * msr:* says of the two XFD MSRs are not here: see {@link SoundPartsTest}.
     */
    private static final List<String> TRACEPOINTS = List.of(
            "kvm_entry",
            "kvm_exit",
            "kvm_msr",
            "read_msr|write_msr",
            "write_msr",
            "kvm_inj_exception",
            "kvm_inj_virq",
            "kvm_nested_vmenter|kvm_nested_vmrun",
            "kvm_nested_vmexit",
            "kvm_nested_vmexit_inject",
            "kvm_nested_intercepts",
            "kvm_nested_\\w+",
            "kvm_fpu",
            "kvm_userspace_exit",
            "kvm_cpuid",
            "kvm_cr",
            "kvm_pio",
            "kvm_page_fault",
            "kvm_emulate_insn",
            "x86_fpu_\\w+",
            "sched_switch");

    private static final List<String> MSRS = List.of(
            "(read|write)_msr: 1c[45],",
            "(read|write)_msr: 1d9,",
            "(read|write)_msr: c000",
            "kvm_msr: msr_(read|write) 1c4 ",
            "kvm_msr: msr_(read|write) 1c5 ",
            "kvm_msr: msr_(read|write) 1d9 ",
            "kvm_msr: msr_(read|write) c000");

    private static final Pattern CPU = Pattern.compile("\\[(\\d{3,})\\]");
    private static final int CHUNK_EVENTS_MAX = 1_024;
    private static final int GAP_LINES_MAX = 60;
    private static final int LINES_MIN = 3;

    static CutTrace of(List<String> whole, Random random) {
        List<String> told = new ArrayList<>();
        int header = headerOf(whole);
        int from = header;
        int to = whole.size();
        if (random.nextInt(3) > 0 && to - from > 2 * LINES_MIN) {
            from += random.nextInt(to - from - LINES_MIN);
        }
        if (random.nextInt(3) > 0 && to - from > LINES_MIN) {
            to -= random.nextInt(to - from - LINES_MIN + 1);
        }
        told.add("lines " + (from + 1) + " to " + to);
        List<String> lines = new ArrayList<>(whole.subList(from, to));
        for (int i = random.nextInt(3); i > 0; i--) {
            lines = withGap(lines, random, told);
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            lines = without(lines, random, told);
        }
        if (random.nextBoolean()) {
            lines.addAll(0, whole.subList(0, header));
            told.add("with header");
        }
        int chunkMax = 1 + random.nextInt(CHUNK_EVENTS_MAX);
        told.add("chunks of " + chunkMax);
        return new CutTrace(lines, chunkMax, String.join(", ", told));
    }

    private static int headerOf(List<String> whole) {
        int header = 0;
        while (header < whole.size() && whole.get(header).startsWith("#")) {
            header++;
        }
        return header;
    }

    /** Lines are gone, and for each of their CPUs a line says how many, as {@code trace_pipe} writes it. */
    private static List<String> withGap(List<String> lines, Random random, List<String> told) {
        int from = random.nextInt(lines.size());
        int to = Math.min(lines.size(), from + 1 + random.nextInt(GAP_LINES_MAX));
        Map<Integer, Long> lost = new LinkedHashMap<>();
        for (String line : lines.subList(from, to)) {
            Matcher cpu = CPU.matcher(line);
            if (!cpu.find()) {
                // A form that does not say the CPU cannot mark a loss either.
                return lines;
            }
            lost.merge(Integer.valueOf(cpu.group(1)), 1L, Long::sum);
        }
        Stream<String> markers =
                lost.entrySet().stream().map(each -> "CPU:" + each.getKey() + " [LOST " + each.getValue() + " EVENTS]");
        told.add("of these lost " + (from + 1) + " to " + to);
        return Stream.of(lines.subList(0, from).stream(), markers, lines.subList(to, lines.size()).stream())
                .flatMap(each -> each)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static List<String> without(List<String> lines, Random random, List<String> told) {
        List<String> filters = filters();
        String event = filters.get(random.nextInt(filters.size()));
        told.add("without " + event);
        return without(lines, event);
    }

    /** Each thing that {@link #of} can leave out, as an expression that finds its lines. */
    static List<String> filters() {
        return Stream.concat(TRACEPOINTS.stream().map(CutTrace::named), MSRS.stream())
                .toList();
    }

    private static String named(String tracepoint) {
        return "(" + tracepoint + "):";
    }

    /** The lines whose event is not this one. */
    static List<String> without(List<String> lines, String event) {
        Pattern left = Pattern.compile("[ :]" + event);
        return lines.stream()
                .filter(line -> line.startsWith("#") || !left.matcher(line).find())
                .collect(Collectors.toCollection(ArrayList::new));
    }
}
