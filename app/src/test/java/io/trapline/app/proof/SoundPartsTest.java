package io.trapline.app.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.producer.source.UnreadableInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a sound kernel did stays sound when only a part of it was recorded: whatever is cut off, lost with a marker or
 * filtered out, there is no finding (policy and cause) that the whole recording does not have.
 */
class SoundPartsTest {
    private static final int CASES = 300;
    private static final int SOAK_CASES = 10_000;
    /** Of a longer recording so many lines from anywhere stand for the whole. */
    private static final int LINES_MAX = 12_000;

    private static final int SOAK_LINES_MAX = 150_000;
    private static final int STRETCHES = 12;

    private static final int NESTED_FROM = 28_000;

    /**
     * A recorded write of the XFD MSRs counts as their reads being recorded (specification, section 4): a kernel that never
     * reads them would pass else. What an event filter left out then looks like these rules broken.
     */
    private static final Set<String> REST_ON_ALL_XFD_RECORDS = Set.of("P1", "P2", "P6", "P8", "P9", "P10", "P11");

    @Test
    void noPartHasAFindingOfItsOwn() throws Exception {
        check(CASES, LINES_MAX);
    }

    @Test
    @Tag("soak")
    void noPartOfMoreHasAFindingOfItsOwn() throws Exception {
        check(SOAK_CASES, SOAK_LINES_MAX);
    }

    private static void check(int cases, int linesMax) throws IOException {
        Seeds seeds = Seeds.of("cut.seed");
        Map<Path, List<Long>> chosen = new TreeMap<>();
        List<Path> recordings = TraceLines.recordings();
        IntStream.range(0, cases)
                .mapToLong(seeds::of)
                .forEach(seed -> chosen.computeIfAbsent(any(recordings, Seeds.random(seed)), file -> new ArrayList<>())
                        .add(seed));
        int refused = 0;
        for (Map.Entry<Path, List<Long>> each : chosen.entrySet()) {
            refused += checkPartsOf(each.getKey(), each.getValue(), linesMax, seeds);
        }
        System.out.println(cases + " parts of " + chosen.size() + " recordings, " + refused + " refused");
        assertThat(refused).isLessThan(cases / 10);
    }

    /** Small recordings more often than large ones: by one over the root of their size. */
    private static Path any(List<Path> recordings, Random random) {
        double[] weights =
                recordings.stream().mapToDouble(SoundPartsTest::weight).toArray();
        double left = random.nextDouble()
                * IntStream.range(0, weights.length)
                        .mapToDouble(i -> weights[i])
                        .sum();
        int place = 0;
        while (place < weights.length - 1 && left > weights[place]) {
            left -= weights[place];
            place++;
        }
        return recordings.get(place);
    }

    private static double weight(Path recording) {
        try {
            return 1 / Math.sqrt((double) Files.size(recording));
        } catch (IOException e) {
            throw new IllegalStateException(recording.toString(), e);
        }
    }

    /** Returns how many were refused with a sentence, as too little was left to know a trace by. */
    private static int checkPartsOf(Path recording, List<Long> parts, int linesMax, Seeds seeds) throws IOException {
        int leftOut = Seeds.random(parts.get(0)).nextInt(STRETCHES) * linesMax / 2;
        List<String> whole = TraceLines.of(recording, leftOut, linesMax);
        Set<String> known = known(whole);
        int refused = 0;
        for (long seed : parts) {
            Random random = Seeds.random(seed);
            random.nextDouble();
            CutTrace part = CutTrace.of(whole, random);
            String told = part.told() + " of " + recording + "; " + seeds.again(seed);
            try {
                assertThat(TraceLines.causes(part.lines(), part.chunkMax()))
                        .as(told)
                        .isSubsetOf(known);
            } catch (UnreadableInput e) {
                assertThat(e).as(told).hasMessageStartingWith("trace.txt");
                refused++;
            }
        }
        return refused;
    }

    private static Set<String> known(List<String> whole) throws IOException {
        try {
            return TraceLines.causes(whole, 100);
        } catch (UnreadableInput refused) {
            return Set.of();
        }
    }

    /** One tracepoint off at a time, in the recordings that have most to judge. */
    @Test
    void withoutOneTracepointThereIsNoFinding() throws Exception {
        for (List<String> whole : recordingsOfXfd()) {
            Set<String> known = TraceLines.causes(whole, 100);
            for (String left : CutTrace.filters()) {
                assertThat(TraceLines.causes(CutTrace.without(whole, left), 100))
                        .as("%s%nand so on, without %s", whole.get(whole.size() - 1), left)
                        .isSubsetOf(known);
            }
        }
    }

    private static List<List<String>> recordingsOfXfd() throws IOException {
        List<List<String>> all = new ArrayList<>();
        for (Path recording : TraceLines.recordings()) {
            boolean nested = recording.toString().contains("q3-nested");
            if (recording.toString().contains("bochs-amx")
                    || recording.toString().contains("20-xfd")) {
                all.add(TraceLines.of(recording, nested ? NESTED_FROM : 0, LINES_MAX));
            }
        }
        return all;
    }

    /** A filter that leaves a part of the XFD records: taken for a broken kernel, but by no other policy than these. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "read_msr:",
                "read_msr: 1c4,",
                "read_msr: 1c5,",
                "(read|write)_msr: 1c4,",
                "(read|write)_msr: 1c5,"
            })
    void aFilterOnPartOfTheXfdRecordsIsTakenForAKernelThatForgets(String left) throws Exception {
        for (List<String> whole : recordingsOfXfd()) {
            Set<String> found = TraceLines.causes(CutTrace.without(whole, left), 100);
            found.removeAll(TraceLines.causes(whole, 100));
            assertThat(found)
                    .as("%s%nand so on, without %s", whole.get(whole.size() - 1), left)
                    .allMatch(cause -> REST_ON_ALL_XFD_RECORDS.contains(cause.split(" ", 2)[0]));
        }
    }
}
