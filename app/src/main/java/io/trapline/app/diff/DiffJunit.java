package io.trapline.app.diff;

import io.trapline.app.report.RunDescription;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A comparison as test cases: one for each gate, and one for each kind of exits that became worse. */
final class DiffJunit {
    private static final String SUITE = "trapline diff";

    private final XMLStreamWriter xml;

    private DiffJunit(XMLStreamWriter xml) {
        this.xml = xml;
    }

    static String write(Comparison comparison, List<GateResult> gates) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            new DiffJunit(xml).suite(comparison, gates);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a string takes all that is written", e);
        }
        return text + "\n";
    }

    private void suite(Comparison comparison, List<GateResult> gates) throws XMLStreamException {
        List<ExitChange> worse = comparison.changed(true);
        long failures = gates.stream().filter(GateResult::fails).count();
        boolean gated = gates.stream().anyMatch(gate -> gate.gate().equalsIgnoreCase("regression"));
        RunDescription a = comparison.a().document().run();
        RunDescription b = comparison.b().document().run();
        xml.writeStartDocument("UTF-8", "1.0");
        line(0);
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", SUITE + " " + printable(a.source()) + " " + printable(b.source()));
        xml.writeAttribute("tests", Integer.toString(gates.size() + worse.size()));
        xml.writeAttribute("failures", Long.toString(failures + (gated ? worse.size() : 0)));
        for (GateResult gate : gates) {
            testCase("gates", gate.gate(), gate.fails() ? String.join("\n", gate.failures()) : null, true);
        }
        for (ExitChange change : worse) {
            testCase("exits", ChangeWords.name(change.kind()), ChangeWords.sentence(change), gated);
        }
        line(0);
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    /** {@code reason} null where it passes; one that fails no gate is shown and does not fail. */
    private void testCase(String group, String name, String reason, boolean fails) throws XMLStreamException {
        line(1);
        if (reason == null) {
            xml.writeEmptyElement("testcase");
        } else {
            xml.writeStartElement("testcase");
        }
        xml.writeAttribute("classname", SUITE + "." + group);
        xml.writeAttribute("name", printable(name));
        if (reason != null) {
            line(2);
            xml.writeStartElement(fails ? "failure" : "system-out");
            if (fails) {
                xml.writeAttribute(
                        "message", printable(reason.lines().findFirst().orElse("")));
            }
            xml.writeCharacters(reason.lines().map(DiffJunit::printable).collect(Collectors.joining("\n")));
            xml.writeEndElement();
            line(1);
            xml.writeEndElement();
        }
    }

    private void line(int depth) throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
    }

    /** XML has no place for control characters, in whatever way they are written. */
    private static String printable(String text) {
        return text.codePoints()
                .map(point -> Character.isISOControl(point) || !Character.isValidCodePoint(point) ? '?' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
