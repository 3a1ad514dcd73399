package io.trapline.streams.retrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.trapline.streams.core.NotObservable;
import io.trapline.streams.core.StateItem;
import io.trapline.streams.policy.Policies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RuleTest {
    private static final Path SOURCES = Path.of("src/main/java/io/trapline/streams");
    private static final Pattern NUMBER = Pattern.compile("\\bR\\d+\\b");

    @Test
    void theTableHasEveryRuleThatTheCodeNames() throws IOException {
        List<String> rules = Arrays.stream(Rule.values()).map(Rule::name).toList();

        assertThat(rules)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 33).mapToObj(n -> "R" + n).toList());
        assertThat(rules).containsAll(named());
        assertThat(Policies.ALL)
                .allSatisfy(policy -> assertThat(rules)
                        .as(policy.id())
                        .contains(policy.description().rule()));
    }

    private static Set<String> named() throws IOException {
        Set<String> named = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Matcher matcher = NUMBER.matcher(Files.readString(file));
                while (matcher.find()) {
                    named.add(matcher.group());
                }
            }
        }
        return named;
    }

    @Test
    void sentencesAreSentences() {
        Stream.concat(
                        Arrays.stream(Rule.values()).map(Rule::sentence),
                        Arrays.stream(Deed.values()).map(Deed::sentence))
                .forEach(sentence -> assertThat(sentence).matches("\\S.*\\.").doesNotContain("  "));
        assertThat(Arrays.stream(Rule.values()).map(Rule::sentence)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(Deed.values()).map(Deed::sentence)).doesNotHaveDuplicates();
    }

    @Test
    void whatIsNeverSeenIsNoItem() {
        Set<String> items =
                Arrays.stream(StateItem.values()).map(StateItem::title).collect(Collectors.toSet());

        assertThat(UnseenItem.ALL)
                .extracting(UnseenItem::title)
                .doesNotHaveDuplicates()
                .doesNotContainAnyElementsOf(items);
        assertThat(UnseenItem.ALL)
                .flatExtracting(UnseenItem::assumed)
                .extracting(NotObservable::rule)
                .contains("R2", "R21");
    }
}
