package io.trapline.app.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trapline.schemas.event.StreamKey;
import io.trapline.streams.core.Level;
import io.trapline.streams.cost.AccessView;
import io.trapline.streams.profile.Moment;
import io.trapline.streams.profile.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which part of a run a report shows: exits, findings and accounts of these VMs, vCPUs, levels and reasons, an empty set being
 * all, and inside this span. Verdicts stay those of the whole run.
 */
public record ReportScope(
        SortedSet<String> vms,
        SortedSet<Integer> vcpus,
        SortedSet<String> levels,
        SortedSet<String> reasons,
        Span span) {
    /** Everything. */
    public static final ReportScope WHOLE = of(List.of(), List.of(), List.of(), List.of(), Span.WHOLE);

    public ReportScope {
        vms = Collections.unmodifiableSortedSet(new TreeSet<>(vms));
        vcpus = Collections.unmodifiableSortedSet(new TreeSet<>(vcpus));
        levels = Collections.unmodifiableSortedSet(new TreeSet<>(levels));
        reasons = Collections.unmodifiableSortedSet(new TreeSet<>(reasons));
    }

    public static ReportScope of(
            Collection<String> vms,
            Collection<Integer> vcpus,
            Collection<String> levels,
            Collection<String> reasons,
            Span span) {
        return new ReportScope(
                new TreeSet<>(vms), new TreeSet<>(vcpus), new TreeSet<>(levels), new TreeSet<>(reasons), span);
    }

    public boolean isWhole() {
        return span.isWhole() && vms.isEmpty() && vcpus.isEmpty() && levels.isEmpty() && reasons.isEmpty();
    }

    /** Whether it tells exits apart that no account and no access tells apart. */
    public boolean isOfExits() {
        return !levels.isEmpty() || !reasons.isEmpty();
    }

    /** Whether an exit is one of them, wherever it lies. */
    public boolean holds(StreamKey stream, String level, String reason) {
        return holds(stream.vm(), stream.vcpu(), level, reason);
    }

    private boolean holds(String vm, int vcpu, String level, String reason) {
        return holds(vm, vcpu) && passes(levels, level) && passes(reasons, reason);
    }

    private boolean holds(String vm, int vcpu) {
        return passes(vms, vm) && passes(vcpus, vcpu);
    }

    private static <T> boolean passes(SortedSet<T> wanted, T one) {
        return wanted.isEmpty() || one != null && wanted.contains(one);
    }

    /** The part of the document that is asked for. */
    SummaryDocument of(SummaryDocument document) {
        if (isWhole()) {
            return document;
        }
        return new SummaryDocument(
                document.run(),
                document.exits().stream()
                        .filter(exit -> holds(exit.vm(), exit.vcpu(), exit.level(), exit.reason()))
                        .toList(),
                document.accesses().stream().filter(this::holds).toList(),
                document.nested().stream().filter(this::holds).toList(),
                document.hotSpots().stream()
                        .filter(this::holds)
                        .map(places -> places.filter(this::holds))
                        .toList(),
                // It is counted for the whole run, or for a stretch of it.
                ofStretch() ? document.xfd() : null,
                document.policies(),
                document.findings().stream()
                        .filter(finding -> holds(finding, document.run().clock()))
                        .toList(),
                document.whatIf(),
                document.audit().showing(account -> holds(account.vm(), account.vcpu())));
    }

    /** Whether nothing but a span restricts it. */
    private boolean ofStretch() {
        return vms.isEmpty() && vcpus.isEmpty() && levels.isEmpty() && reasons.isEmpty();
    }

    /** Places are summed up over the vCPUs of a VM: where one is asked for, there are none. */
    private boolean holds(HotPlaces places) {
        return passes(vms, places.vm()) && vcpus.isEmpty();
    }

    private boolean holds(HotPlace place) {
        return passes(levels, place.name().level())
                && passes(reasons, place.name().reason());
    }

    /** Of accesses nobody counts level and reason: where one is asked for, there are none. */
    private boolean holds(AccessCost access) {
        boolean ofFirstExits = access.view().equals(AccessView.FIRST_EXIT.title());
        return holds(access.vm(), access.vcpu())
                && levels.isEmpty()
                && passes(reasons, ofFirstExits ? access.access() : null);
    }

    private boolean holds(NestedCost instruction) {
        return holds(instruction.vm(), instruction.vcpu(), Level.L2.title(), instruction.reason());
    }

    private boolean holds(Finding finding, RunClock clock) {
        return holds(finding.vm(), finding.vcpu(), finding.level(), finding.exitReason())
                && span.at(clock.unitsPerSecond()).hold(finding.seq(), finding.position(), finding.time());
    }

    /** What is asked for by a name that the run does not have, as a sentence; null where all names are there. */
    public String unknownName(SummaryDocument document) {
        List<StreamAccount> vcpusThere = document.audit().vcpus();
        return Stream.of(
                        missing("--vm", vms, names(vcpusThere.stream().map(StreamAccount::vm))),
                        missing("--vcpu", vcpus, names(vcpusThere.stream().map(StreamAccount::vcpu))),
                        missing(
                                "--level",
                                levels,
                                names(document.exits().stream().map(ExitCost::level))),
                        missing(
                                "--reason",
                                reasons,
                                names(document.exits().stream().map(ExitCost::reason))))
                .filter(sentence -> sentence != null)
                .findFirst()
                .orElse(null);
    }

    private static <T> SortedSet<T> names(Stream<T> names) {
        return names.collect(Collectors.toCollection(TreeSet::new));
    }

    private <T> String missing(String option, SortedSet<T> wanted, SortedSet<T> there) {
        SortedSet<T> unknown = new TreeSet<>(wanted);
        unknown.removeAll(there);
        if (unknown.isEmpty()) {
            return null;
        }
        return option + " " + listed(unknown) + ": nothing" + (span.isWhole() ? "" : " inside the span")
                + " is of this name; "
                + (there.isEmpty() ? "there is none at all." : "there is " + listed(there) + ".");
    }

    private static String listed(Collection<?> names) {
        return Lines.safe(names.stream().map(Object::toString).collect(Collectors.joining(", ")));
    }

    /** What is shown, for people: some words for each restriction. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        add("VM ", vms, words);
        add("vCPU ", vcpus, words);
        add("level ", levels, words);
        add("reason ", reasons, words);
        if (span.from() != null) {
            words.add("from " + inWords(span.from()));
        }
        if (span.to() != null) {
            words.add("to " + inWords(span.to()));
        }
        return words;
    }

    private static void add(String what, Collection<?> names, List<String> words) {
        if (!names.isEmpty()) {
            words.add(what + listed(names));
        }
    }

    private static String inWords(Moment moment) {
        String value = moment.value().toPlainString();
        return switch (moment.by()) {
            case TIME -> value + " s";
            case SOURCE -> "line " + value;
            case SEQ -> "event " + value + " of each vCPU";
        };
    }

    /** The restrictions by the names of their options. */
    ObjectNode tree() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        set("vm", vms, node);
        set("vcpu", vcpus, node);
        set("level", levels, node);
        set("reason", reasons, node);
        if (span.from() != null) {
            node.put("from", asOption(span.from()));
        }
        if (span.to() != null) {
            node.put("to", asOption(span.to()));
        }
        return node;
    }

    private static void set(String name, Collection<?> values, ObjectNode node) {
        if (!values.isEmpty()) {
            ArrayNode array = node.putArray(name);
            values.forEach(array::addPOJO);
        }
    }

    private static String asOption(Moment moment) {
        String value = moment.value().toPlainString();
        return switch (moment.by()) {
            case TIME -> value;
            case SOURCE -> ":" + value;
            case SEQ -> "#" + value;
        };
    }
}
