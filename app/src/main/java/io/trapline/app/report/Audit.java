package io.trapline.app.report;

import io.trapline.schemas.event.EventKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * The books of a run: what came in must be what was counted.
 *
 * @param events what the run's description lists
 * @param folded what the streams counted; copies of another stream's events are in neither
 * @param lines of the text that the run was read from; 0 where it was none, or nobody knows
 * @param accounts the books of each stream, by VM and vCPU
 * @param vcpus those of vCPUs that a report shows
 */
public record Audit(
        long events,
        long folded,
        Map<EventKind, Long> byKind,
        long gaps,
        long clamped,
        long lateChunks,
        long copies,
        long lines,
        long unparsed,
        List<StreamAccount> accounts,
        List<StreamAccount> vcpus) {

    public Audit {
        // In the order of the wire codes.
        EnumMap<EventKind, Long> kinds = new EnumMap<>(EventKind.class);
        kinds.putAll(byKind);
        byKind = Collections.unmodifiableMap(kinds);
        accounts = accounts.stream().sorted(StreamAccount.ORDER).toList();
        vcpus = vcpus.stream().sorted(StreamAccount.ORDER).toList();
    }

    /** The same books, which must balance as a whole, with fewer accounts shown. */
    Audit showing(Predicate<StreamAccount> shown) {
        return new Audit(
                events,
                folded,
                byKind,
                gaps,
                clamped,
                lateChunks,
                copies,
                lines,
                unparsed,
                accounts,
                vcpus.stream().filter(shown).toList());
    }

    public boolean balanced() {
        return imbalances().isEmpty();
    }

    /** What does not add up, a sentence each: of the run, then of its streams. */
    public List<String> imbalances() {
        List<String> sentences = new ArrayList<>();
        if (events != folded) {
            sentences.add("the run lists " + events + " events, " + folded + " were counted");
        }
        if (lines > 0 && linesWithoutEvent() < 0) {
            sentences.add(eventLines() + " events cannot come from " + lines + " lines");
        }
        if (lines > 0 && unparsed > lines) {
            sentences.add("of " + lines + " lines " + unparsed + " cannot be unreadable");
        }
        if (lateChunks != 0) {
            sentences.add(HumanFigures.counted(lateChunks, "chunk") + " came too late to be counted");
        }
        accounts.forEach(account -> sentences.addAll(account.imbalances()));
        return sentences;
    }

    /** Each event was a line, but gaps: those are ours. */
    private long eventLines() {
        return folded - byKind.getOrDefault(EventKind.GAP, 0L);
    }

    /** Lines that were no event: headers, markers, and what nobody could read. */
    long linesWithoutEvent() {
        return lines - eventLines();
    }

    public long exits() {
        return total(StreamAccount::exits);
    }

    /** One figure over all streams. */
    long total(ToLongFunction<StreamAccount> figure) {
        return accounts.stream().mapToLong(figure).sum();
    }
}
