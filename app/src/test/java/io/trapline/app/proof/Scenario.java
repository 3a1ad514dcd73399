package io.trapline.app.proof;

import io.trapline.schemas.kernel.KernelRange;
import io.trapline.streams.policy.Verdict;
import io.trapline.streams.profile.AnalysisInputs;
import io.trapline.streams.profile.MsrFilter;
import io.trapline.streams.totals.Analysis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A short trace that says in its first lines what has to be found in it. {@code inputs} have the kernels and the filter that
 * it names; {@code checked} is null where it is not compared.
 */
record Scenario(
        Path file,
        String policy,
        Verdict expect,
        AnalysisInputs inputs,
        List<Stated> findings,
        Long checked,
        List<String> lines) {

    private static final Path FOLDER = Path.of("src/test/resources/scenarios");
    private static final Pattern SAYING =
            Pattern.compile("# (policy|expect|profile|filter|findings|checked|why): (.+)");
    private static final Pattern STATED = Pattern.compile("(P\\d+) (?:once|(\\d+) times) at line (\\d+)");
    private static final Pattern FILTER = Pattern.compile("deny (read|write) 0x([0-9a-f]+)");
    private static final String MORE_OF_WHY = "#      ";

    /** A finding of the file: the line is that of its first occurrence. */
    record Stated(String policy, long count, long line) implements Comparable<Stated> {
        @Override
        public int compareTo(Stated other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return policy + (count == 1 ? " once" : " " + count + " times") + " at line " + line;
        }
    }

    static List<Scenario> all() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .map(Scenario::of)
                    .toList();
        }
    }

    private static Scenario of(Path file) {
        List<String> lines = read(file);
        TreeMap<String, List<String>> said = new TreeMap<>();
        for (String line : lines) {
            Matcher saying = SAYING.matcher(line);
            if (saying.matches()) {
                said.computeIfAbsent(saying.group(1), key -> new ArrayList<>()).add(saying.group(2));
            } else if (!line.startsWith(MORE_OF_WHY) || said.isEmpty()) {
                break;
            }
        }
        if (!said.keySet().containsAll(List.of("policy", "expect", "why"))) {
            throw new IllegalArgumentException(file + " has to say its policy, what to expect and why");
        }
        String profile = only(said.get("profile"));
        String checked = only(said.get("checked"));
        return new Scenario(
                file,
                only(said.get("policy")),
                verdict(only(said.get("expect"))),
                AnalysisInputs.named(Analysis.LIVE)
                        .withProfile(profile == null ? null : KernelRange.parse(profile))
                        .withMsrFilter(filter(only(said.get("filter")))),
                said.getOrDefault("findings", List.of()).stream()
                        .map(Scenario::stated)
                        .toList(),
                checked == null ? null : Long.valueOf(checked),
                lines);
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new IllegalStateException(file.toString(), e);
        }
    }

    private static String only(List<String> values) {
        if (values != null && values.size() != 1) {
            throw new IllegalArgumentException("said more than once: " + values);
        }
        return values == null ? null : values.get(0);
    }

    private static MsrFilter filter(String said) {
        if (said == null) {
            return null;
        }
        Matcher range = FILTER.matcher(said);
        if (!range.matches()) {
            throw new IllegalArgumentException("not of the form \"deny write 0x1c4\": " + said);
        }
        boolean writes = range.group(1).equals("write");
        long msr = Long.parseLong(range.group(2), 16);
        return new MsrFilter(true, List.of(new MsrFilter.Range(false, !writes, writes, msr, msr)));
    }

    private static Verdict verdict(String title) {
        return Arrays.stream(Verdict.values())
                .filter(verdict -> verdict.title().equals(title))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no verdict is called " + title));
    }

    private static Stated stated(String text) {
        Matcher parts = STATED.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not of the form \"P8 once at line 27\": " + text);
        }
        long count = parts.group(2) == null ? 1 : Long.parseLong(parts.group(2));
        return new Stated(parts.group(1), count, Long.parseLong(parts.group(3)));
    }

    @Override
    public String toString() {
        return FOLDER.relativize(file).toString();
    }
}
