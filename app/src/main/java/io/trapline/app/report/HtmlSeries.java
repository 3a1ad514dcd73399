package io.trapline.app.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the charts of the page are drawn from, and the same in words for who does not see them. */
final class HtmlSeries {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int NS_DIGITS = 9;
    private static final int MS_DIGITS = 6;

    /** Reasons with a line of their own. */
    private static final int REASONS_MAX = 6;

    private final ExitSeries series;
    private final List<ExitSeries.Stretch> stretches;
    private final RunClock clock;
    private final List<String> reasons;
    private final Map<String, BigInteger> timeOfReason = new HashMap<>();

    HtmlSeries(ExitSeries series, RunClock clock) {
        this.series = series;
        this.clock = clock;
        stretches = series.stretches();
        stretches.forEach(stretch -> stretch.timeByReason()
                .forEach((reason, time) -> timeOfReason.merge(reason, BigInteger.valueOf(time), BigInteger::add)));
        reasons = timeOfReason.entrySet().stream()
                .sorted(Map.Entry.<String, BigInteger>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** For the template; null where there is nothing to draw. */
    Map<String, Object> model() {
        if (stretches.isEmpty() || !clock.measuresNanos()) {
            return null;
        }
        return Map.of(
                "about",
                HumanFigures.counted(stretches.size(), "stretch", "stretches") + " of " + duration(series.width())
                        + "; an exit counts in the one that it began in, its time where it passed.",
                "rateText",
                rateInWords(),
                "loadText",
                loadInWords(),
                "heatText",
                heatInWords(),
                "series",
                json());
    }

    private String rateInWords() {
        ExitSeries.Stretch busiest = busiest();
        long at = series.start() + stretches.indexOf(busiest) * series.width();
        long exits = stretches.stream().mapToLong(ExitSeries.Stretch::exits).sum();
        return HumanFigures.counted(exits, "exit") + "; most of them, " + HumanFigures.count(busiest.exits())
                + ", in the stretch from " + clock.moment(at) + " s.";
    }

    private ExitSeries.Stretch busiest() {
        return stretches.stream()
                .max(Comparator.comparingLong(ExitSeries.Stretch::exits))
                .orElseThrow();
    }

    private String loadInWords() {
        String dearest = reasons.stream()
                .limit(REASONS_MAX)
                .map(reason -> reason + " " + HumanFigures.duration(clock.nanos(timeOfReason.get(reason), 1)))
                .collect(Collectors.joining(", "));
        return dearest.isEmpty() ? "No exit but halts." : "In all: " + Lines.safe(dearest) + ".";
    }

    private String heatInWords() {
        TreeSet<Integer> buckets = buckets();
        return buckets.isEmpty()
                ? "No exit but halts."
                : "Exits took from " + duration(ExitSeries.shortestOf(buckets.first())) + " to less than "
                        + duration(ExitSeries.shortestOf(buckets.last() + 1)) + ".";
    }

    private TreeSet<Integer> buckets() {
        return stretches.stream()
                .flatMap(stretch -> stretch.latencies().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String duration(long units) {
        return HumanFigures.duration(clock.nanos(units));
    }

    private String json() {
        ObjectNode node = NODES.objectNode();
        node.put("width", seconds(series.width()));
        ArrayNode at = node.putArray("at");
        for (int i = 0; i <= stretches.size(); i++) {
            at.add(seconds(series.start() + i * series.width()));
        }
        ArrayNode exits = node.putArray("exits");
        stretches.forEach(stretch -> exits.add(stretch.exits()));
        addLoad(node.putArray("load"));
        addHeat(node);
        return inScript(node);
    }

    private BigDecimal seconds(long units) {
        return new BigDecimal(clock.nanos(units), NS_DIGITS).stripTrailingZeros();
    }

    private void addLoad(ArrayNode load) {
        for (String reason : reasons.subList(0, Math.min(REASONS_MAX, reasons.size()))) {
            addLine(load, reason, List.of(reason));
        }
        if (reasons.size() > REASONS_MAX) {
            addLine(load, "other", reasons.subList(REASONS_MAX, reasons.size()));
        }
    }

    private void addLine(ArrayNode load, String name, List<String> together) {
        ObjectNode line = load.addObject().put("reason", Lines.safe(name));
        ArrayNode milliseconds = line.putArray("ms");
        for (ExitSeries.Stretch stretch : stretches) {
            BigInteger units = together.stream()
                    .map(reason -> BigInteger.valueOf(stretch.timeByReason().getOrDefault(reason, 0L)))
                    .reduce(BigInteger.ZERO, BigInteger::add);
            milliseconds.add(
                    new BigDecimal(clock.nanos(units, 1), MS_DIGITS).setScale(MS_DIGITS, RoundingMode.HALF_UP));
        }
    }

    /** Cells that hold anything: stretch, place of the bucket above the least one, exits. */
    private void addHeat(ObjectNode node) {
        TreeSet<Integer> buckets = buckets();
        ArrayNode latencies = node.putArray("latencies");
        for (int bucket = buckets.isEmpty() ? 0 : buckets.first();
                !buckets.isEmpty() && bucket <= buckets.last();
                bucket++) {
            latencies.add(duration(ExitSeries.shortestOf(bucket)));
        }
        ArrayNode heat = node.putArray("heat");
        for (int i = 0; i < stretches.size(); i++) {
            int column = i;
            stretches
                    .get(i)
                    .latencies()
                    .forEach((bucket, count) -> heat.addArray()
                            .add(column)
                            .add(bucket - buckets.first())
                            .add(count));
        }
    }

    /** Nothing in it can end the element that it stands in. */
    private static String inScript(ObjectNode node) {
        try {
            return new ObjectMapper().writeValueAsString(node).replace("<", "\\u003c");
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
