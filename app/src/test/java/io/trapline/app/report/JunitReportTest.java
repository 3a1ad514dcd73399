package io.trapline.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** What CI systems demand of such a file: the elements and attributes that Jenkins' schema knows, and counts that are true. */
class JunitReportTest {
    private static final Map<String, Set<String>> CHILDREN = Map.of(
            "testsuites", Set.of("testsuite"),
            "testsuite", Set.of("properties", "testcase", "system-out", "system-err"),
            "properties", Set.of("property"),
            "property", Set.of(),
            "testcase", Set.of("skipped", "error", "failure", "system-out", "system-err"),
            "skipped", Set.of(),
            "failure", Set.of(),
            "system-out", Set.of(),
            "system-err", Set.of());
    private static final Map<String, Set<String>> ATTRIBUTES = Map.of(
            "testsuites", Set.of("name", "time", "tests", "failures", "errors"),
            "testsuite", Set.of("name", "tests", "failures", "errors", "skipped", "time"),
            "properties", Set.of(),
            "property", Set.of("name", "value"),
            "testcase", Set.of("name", "classname", "time"),
            "skipped", Set.of("message"),
            "failure", Set.of("type", "message"),
            "system-out", Set.of(),
            "system-err", Set.of());

    private static Element parse(String xml) throws Exception {
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
        check(document.getDocumentElement());
        return document.getDocumentElement();
    }

    private static void check(Element element) {
        Set<String> attributes = ATTRIBUTES.get(element.getTagName());
        assertThat(element.getAttributes().getLength()).isEqualTo(attributes.size());
        assertThat(attributes).allMatch(element::hasAttribute);
        if (element.hasAttribute("time")) {
            assertThat(element.getAttribute("time")).matches("\\d+\\.\\d{3}");
        }
        for (Element child : children(element)) {
            assertThat(CHILDREN.get(element.getTagName())).contains(child.getTagName());
            check(child);
        }
    }

    private static List<Element> children(Element element) {
        List<Element> children = new ArrayList<>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                children.add(child);
            }
        }
        return children;
    }

    private static Element suite(SampleRun sample, Predicate<Finding> fails) throws Exception {
        return children(parse(JunitReport.write(RunReport.whole(sample.document()), fails)))
                .get(0);
    }

    private static int count(Element element, String name) {
        NodeList found = element.getElementsByTagName(name);
        return found.getLength();
    }

    private static Element only(Element element, String name) {
        assertThat(count(element, name)).as(name).isEqualTo(1);
        return (Element) element.getElementsByTagName(name).item(0);
    }

    @Test
    void aPolicyIsATestAndCountsAreTrue() throws Exception {
        SampleRun sample = SampleRun.withFindings();
        Element suite = suite(sample, finding -> finding.severity().equals("LOST"));

        assertThat(count(suite, "testcase"))
                .isEqualTo(sample.document().policies().size());
        for (Map.Entry<String, String> counted : Map.of(
                        "tests", "testcase", "failures", "failure", "errors", "error", "skipped", "skipped")
                .entrySet()) {
            assertThat(suite.getAttribute(counted.getKey())).isEqualTo("" + count(suite, counted.getValue()));
        }
        assertThat(count(suite, "failure")).isPositive();
    }

    @Test
    void whatFailsTheCommandFailsTheTestAndNothingElse() throws Exception {
        assertThat(count(suite(SampleRun.withFindings(), finding -> false), "failure"))
                .isZero();
        Element failing = suite(SampleRun.withFindings(), finding -> true);
        assertThat(count(failing, "failure")).isEqualTo(2);
        assertThat(failing.getElementsByTagName("failure").item(0).getTextContent())
                .contains("expected", "observed", "id        P");
    }

    @Test
    void whatWasNotDecidedIsSkippedAndSaysWhy() throws Exception {
        SampleRun sample = SampleRun.ofTwoVcpus();
        sample.verdict("P8", 0, 2, 0, "6.15..");

        Element skipped = only(suite(sample, finding -> true), "skipped");

        assertThat(skipped.getAttribute("message"))
                .isEqualTo("undecided: 2 undecided, kernel 6.15 or later would make it right");
    }

    @Test
    void whatARecordingSaysStaysText() throws Exception {
        SampleRun sample = SampleRun.withFindings();
        sample.run.getSource().setName("<testcase name=\"]]>\u0001&amp;\ud800");
        sample.findings.get(0).getEvidence().get(0).setText("</failure><![CDATA[ \uffff\u0007");

        Element suite = suite(sample, finding -> true);

        assertThat(suite.getTextContent()).contains("</failure><![CDATA[ ??");
        assertThat(((Element) suite.getElementsByTagName("property").item(0)).getAttribute("value"))
                .isEqualTo("<testcase name=\"]]>?&amp;?");
    }

    @Test
    void booksThatDoNotBalanceAreSaid() throws Exception {
        SampleRun sample = SampleRun.ofTwoVcpus();
        sample.streamEnd(0, row -> row.setExits(11L));

        assertThat(only(suite(sample, finding -> true), "system-err").getTextContent())
                .contains("11 exits are not");
    }
}
