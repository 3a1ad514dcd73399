package io.trapline.app.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;

/** The report for programs: {@code trapline.summary/1}. The same document gives the same bytes everywhere. */
public final class JsonReport {
    private static final ObjectWriter WRITER = JsonMapper.builder()
            // Whatever the terminal's character set is, what comes out is JSON.
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build()
            .writer(prettyPrinter());

    private JsonReport() {}

    private static DefaultPrettyPrinter prettyPrinter() {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator(""));
        printer.indentObjectsWith(lines);
        printer.indentArraysWith(lines);
        return printer;
    }

    /** The document as text, with its digest and a line feed at the end. */
    public static String write(SummaryDocument document) {
        return write(RunReport.whole(document));
    }

    /** The same of a part of a run, which says so, or with its outliers. */
    public static String write(RunReport report) {
        ObjectNode tree = tree(report);
        tree.put("digest", Digest.of(tree));
        return print(tree);
    }

    private static ObjectNode tree(RunReport report) {
        ObjectNode tree = SummaryTree.of(report.document());
        if (!report.scope().isWhole()) {
            tree.set("filter", report.scope().tree());
        }
        if (report.outliers() != null) {
            tree.set("outliers", new OutlierTree(report.document().run()).of(report.outliers()));
        }
        return tree;
    }

    /** Any document of ours as text. */
    public static String print(ObjectNode tree) {
        try {
            return WRITER.writeValueAsString(tree) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What two documents have in common exactly if they say the same of their runs: {@code sha256:…}. */
    public static String digest(SummaryDocument document) {
        return digest(RunReport.whole(document));
    }

    /** The same of what two reports show. */
    static String digest(RunReport report) {
        return Digest.of(tree(report));
    }
}
