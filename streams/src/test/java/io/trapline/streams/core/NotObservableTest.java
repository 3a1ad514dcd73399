package io.trapline.streams.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NotObservableTest {
    private static final Pattern RULE = Pattern.compile("\\bR(\\d+)\\b");
    private static final Path CORE = Path.of("src/main/java/io/trapline/streams/core");

    @Test
    void everyRuleIsNamedInTheCodeOrListedWithWhatIsAssumed() throws IOException {
        Set<String> named = new TreeSet<>();
        try (Stream<Path> files = Files.list(CORE)) {
            files.filter(file -> !file.endsWith("NotObservable.java")).forEach(file -> addRules(file, named));
        }
        Set<String> listed =
                NotObservable.ALL.stream().map(NotObservable::rule).collect(Collectors.toCollection(TreeSet::new));

        Set<String> together = new TreeSet<>(named);
        together.addAll(listed);

        assertThat(together)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 33).mapToObj(n -> "R" + n).toList());
        assertThat(listed).doesNotContainAnyElementsOf(named);
    }

    private static void addRules(Path file, Set<String> rules) {
        try {
            Matcher matcher = RULE.matcher(Files.readString(file));
            while (matcher.find()) {
                rules.add("R" + matcher.group(1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
