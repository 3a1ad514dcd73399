package io.trapline.app.report;

import io.trapline.streams.policy.Verdict;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Verdicts as the results of tests, for CI systems: a suite for the run, a test for each policy. One fails where its findings
 * fail the command; one that was not decided is skipped, and says why.
 */
public final class JunitReport {
    private static final int SECOND_DIGITS = 9;
    private static final int TIME_DIGITS = 3;

    private final RunReport report;
    private final SummaryDocument document;
    private final Predicate<Finding> fails;
    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;

    private JunitReport(RunReport report, Predicate<Finding> fails) {
        this.report = report;
        this.fails = fails;
        document = report.document();
        try {
            xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The report as XML; {@code fails}: whether a finding fails the command. */
    public static String write(RunReport report, Predicate<Finding> fails) {
        JunitReport junit = new JunitReport(report, fails);
        try {
            junit.write();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return junit.text + "\n";
    }

    private void write() throws XMLStreamException {
        String tests = Integer.toString(document.policies().size());
        String failures = Long.toString(
                document.policies().stream().filter(this::isFailed).count());
        String skipped = Long.toString(
                document.policies().stream().filter(this::isSkipped).count());
        xml.writeStartDocument("UTF-8", "1.0");
        start(0, "testsuites");
        attributes("name", "trapline", "tests", tests, "failures", failures, "errors", "0", "time", time());
        start(1, "testsuite");
        attributes("name", document.run().id(), "tests", tests, "failures", failures);
        attributes("errors", "0", "skipped", skipped, "time", time());
        writeProperties();
        for (PolicyVerdict verdict : document.policies()) {
            writeCase(verdict);
        }
        if (!document.audit().balanced()) {
            element(2, "system-err", String.join("\n", document.audit().imbalances()));
        }
        end(1);
        end(0);
        xml.writeEndDocument();
    }

    /** Of the recording, in seconds; nothing else took any time. */
    private String time() {
        RunDescription run = document.run();
        BigInteger nanos = run.from() == null
                ? null
                : run.clock().nanos(BigInteger.valueOf(run.to()).subtract(BigInteger.valueOf(run.from())), 1);
        return new BigDecimal(nanos == null ? BigInteger.ZERO : nanos, SECOND_DIGITS)
                .setScale(TIME_DIGITS, RoundingMode.HALF_UP)
                .toPlainString();
    }

    private void writeProperties() throws XMLStreamException {
        start(2, "properties");
        for (Map.Entry<String, String> fact : facts().entrySet()) {
            indent(3);
            xml.writeEmptyElement("property");
            attributes("name", fact.getKey(), "value", fact.getValue());
        }
        end(2);
    }

    private Map<String, String> facts() {
        RunDescription run = document.run();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("source", run.source());
        facts.put("isa", String.join("+", run.isa()));
        facts.put("kernels", run.profile().toString());
        facts.put("kernels_by", run.profileFrom());
        facts.put("clock", run.clock().name());
        facts.put("events", Long.toString(run.events()));
        facts.put("events_lost", Long.toString(run.lost()));
        facts.put("gaps", Long.toString(document.audit().gaps()));
        facts.put("lines_not_understood", Long.toString(run.unparsed()));
        facts.put("vcpus", Integer.toString(run.vcpus()));
        facts.put("balanced", Boolean.toString(document.audit().balanced()));
        if (!report.scope().isWhole()) {
            facts.put("only", String.join("; ", report.scope().words()));
        }
        return facts;
    }

    private void writeCase(PolicyVerdict verdict) throws XMLStreamException {
        PolicyInfo policy = verdict.policy();
        boolean conforms = verdict.verdict() == Verdict.CONFORMS;
        indent(2);
        if (conforms) {
            xml.writeEmptyElement("testcase");
        } else {
            xml.writeStartElement("testcase");
        }
        attributes("name", policy.id() + " " + policy.title(), "classname", "trapline." + policy.id(), "time", "0.000");
        if (!conforms) {
            writeOutcome(verdict);
            end(2);
        }
    }

    private void writeOutcome(PolicyVerdict verdict) throws XMLStreamException {
        String says = sentence(verdict);
        if (isSkipped(verdict)) {
            indent(3);
            xml.writeEmptyElement("skipped");
            attributes("message", says);
        } else if (isFailed(verdict)) {
            start(3, "failure");
            attributes("type", verdict.policy().severity(), "message", says);
            xml.writeCharacters(valid(evidence(verdict)));
            xml.writeEndElement();
        } else {
            element(3, "system-out", says + ", which fails no run here\n" + evidence(verdict));
        }
    }

    private boolean isSkipped(PolicyVerdict verdict) {
        return verdict.verdict() == Verdict.UNDECIDED || verdict.verdict() == Verdict.NOT_APPLICABLE;
    }

    private boolean isFailed(PolicyVerdict verdict) {
        return verdict.verdict() == Verdict.VIOLATED
                && findingsOf(verdict).stream().anyMatch(fails);
    }

    private List<Finding> findingsOf(PolicyVerdict verdict) {
        return document.findings().stream()
                .filter(finding -> finding.policy().id().equals(verdict.policy().id()))
                .toList();
    }

    private static String sentence(PolicyVerdict verdict) {
        String why = verdict.verdict().title() + ": " + PolicyText.figures(verdict);
        String kernels = verdict.decidedBy() == null ? "" : ", " + PolicyText.wouldDecide(verdict);
        return why + kernels + (verdict.recipe() == null ? "" : "; to record: " + verdict.recipe());
    }

    private String evidence(PolicyVerdict verdict) {
        FindingText findings = new FindingText(document, new Ink(false));
        List<String> texts = new ArrayList<>();
        findingsOf(verdict).forEach(finding -> texts.add(findings.text(finding)));
        return texts.isEmpty() ? "outside of what is shown\n" : "\n" + String.join("\n", texts);
    }

    private void start(int depth, String name) throws XMLStreamException {
        indent(depth);
        xml.writeStartElement(name);
    }

    private void end(int depth) throws XMLStreamException {
        indent(depth);
        xml.writeEndElement();
    }

    private void element(int depth, String name, String content) throws XMLStreamException {
        start(depth, name);
        xml.writeCharacters(valid(content));
        xml.writeEndElement();
    }

    private void indent(int depth) throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
    }

    private void attributes(String... namesAndValues) throws XMLStreamException {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            xml.writeAttribute(namesAndValues[i], valid(Lines.safe(namesAndValues[i + 1])));
        }
    }

    /** XML 1.0 cannot say every character, not even escaped. */
    private static String valid(String anything) {
        StringBuilder valid = new StringBuilder(anything.length());
        anything.codePoints().forEach(point -> {
            boolean allowed = point == '\n'
                    || point >= ' ' && point < 0xd800
                    || point > 0xdfff && point < 0xfffe
                    || point > 0xffff;
            valid.appendCodePoint(allowed ? point : '?');
        });
        return valid.toString();
    }
}
