package io.trapline.producer.format;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts the events of a text by name with regular expressions, written without a look at the importer: a comm fills a
 * fixed number of columns whatever it holds, and the name follows the time.
 */
final class EventLines {
    private static final String NAME = "([\\w<>]+): ?";
    private static final String TIME = "[\\d.]+: +";

    private static final List<Pattern> FORMS = List.of(
            // the kernel, and trace-cmd report
            Pattern.compile("^.{16}-\\d+ +(?:\\([ \\d-]+\\) )?\\[\\d+\\] *(?:\\S{4,5} +)?" + TIME + NAME + ".*"),
            // latency-format, and trace-cmd report -l
            Pattern.compile("^.{8}-\\d+ +\\d+\\D\\S{3,4} +[\\d.]+(?:us.)?: +" + NAME + ".*"),
            // perf script
            Pattern.compile("^.{16} +\\d+(?:/\\d+)? +\\[\\d+\\] +" + TIME + "\\w+:" + NAME + ".*"),
            // the first again, without its padding: lines out of a mail
            Pattern.compile("^ *.{1,16}-\\d+ +\\[\\d+\\] *(?:\\S{4,5} +)?" + TIME + NAME + ".*"));

    /** The option nocontext-info: the name comes first. Only where no line has another form. */
    private static final Pattern BARE = Pattern.compile("^" + NAME + ".*");

    private EventLines() {}

    static Map<String, Long> countByName(String text) {
        Map<String, Long> counts = new TreeMap<>();
        text.lines()
                .forEach(line -> FORMS.stream()
                        .map(form -> form.matcher(line))
                        .filter(Matcher::matches)
                        .findFirst()
                        .ifPresent(match -> counts.merge(match.group(1), 1L, Long::sum)));
        if (counts.isEmpty()) {
            text.lines()
                    .map(BARE::matcher)
                    .filter(Matcher::matches)
                    .forEach(match -> counts.merge(match.group(1), 1L, Long::sum));
        }
        return counts;
    }
}
