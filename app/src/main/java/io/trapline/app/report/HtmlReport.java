package io.trapline.app.report;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.trapline.app.report.HtmlTable.Cell;
import io.trapline.schemas.kernel.KernelRange;
import io.trapline.streams.whatif.Bounds;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The report as one page for a browser: tables that can be sorted, charts, findings with their evidence. It loads nothing, and
 * runs no script but its own.
 */
public final class HtmlReport {
    private static final Template PAGE = Mustache.compiler()
            .withLoader(name -> new StringReader(HtmlAssets.own(name + ".html")))
            .compile(HtmlAssets.own("report.html"));

    private final RunReport report;
    private final SummaryDocument document;
    private final RunDescription run;

    private HtmlReport(RunReport report) {
        this.report = report;
        document = report.document();
        run = document.run();
    }

    public static String write(RunReport report) {
        return PAGE.execute(new HtmlReport(report).model());
    }

    private Map<String, Object> model() {
        HtmlExits exits = new HtmlExits(report);
        HtmlFindings findings = new HtmlFindings(report);
        Map<String, Object> model = new HashMap<>();
        model.put("source", Lines.safe(run.source()));
        model.put("run", Lines.safe(run.id()));
        model.put("digest", JsonReport.digest(report));
        model.put("facts", facts());
        model.put("alarms", alarms());
        model.put("warnings", warnings());
        model.put("exits", exits.byReason());
        model.put("exitNotes", exits.notes());
        model.put("split", exits.split());
        model.put("details", exits.byDetail());
        model.put("accounts", exits.accounts());
        HtmlCosts costs = new HtmlCosts(document);
        List<Map<String, Object>> places = costs.places();
        List<String> advice = costs.advice();
        model.put("nested", costs.nested());
        model.put("places", places.isEmpty() ? null : Map.of("tables", places));
        model.put("advice", advice.isEmpty() ? null : Map.of("sentences", advice));
        model.put("charts", report.series() == null ? null : new HtmlSeries(report.series(), run.clock()).model());
        model.put("outliers", findings.outliers());
        model.put("findings", findings.findings());
        model.put("moreFindings", findings.moreFindings());
        model.put("policies", policies());
        model.put("whatIf", whatIf());
        model.put("parts", parts(model));
        addAssets(model);
        return model;
    }

    private static void addAssets(Map<String, Object> model) {
        String uplot = HtmlAssets.uplot("dist/uPlot.iife.min.js");
        String script = HtmlAssets.own("report.js");
        model.put("styles", HtmlAssets.uplot("dist/uPlot.min.css") + HtmlAssets.own("report.css"));
        model.put("uplot", uplot);
        model.put("uplotVersion", HtmlAssets.UPLOT_VERSION);
        model.put("uplotLicense", HtmlAssets.uplot("LICENSE"));
        model.put("script", script);
        model.put("scriptHashes", HtmlAssets.hash(uplot) + " " + HtmlAssets.hash(script));
    }

    private List<Map<String, Object>> facts() {
        List<Map<String, Object>> facts = new ArrayList<>();
        add("ISA", run.isa().isEmpty() ? "unknown" : String.join(" + ", run.isa()), facts);
        boolean bounded = !run.profile().equals(KernelRange.ALL);
        add("kernels", bounded ? run.profile() + ", by " + run.profileFrom() : "any", facts);
        add("events", HumanFigures.count(run.events()), facts);
        add("vCPUs", HumanFigures.count(run.vcpus()), facts);
        add("duration", TextReport.duration(run), facts);
        add("clock", run.clock().name(), facts);
        return facts;
    }

    private static void add(String name, String value, List<Map<String, Object>> facts) {
        if (value != null && !value.isEmpty()) {
            facts.add(Map.of("name", name, "value", Lines.safe(value)));
        }
    }

    private List<String> alarms() {
        List<String> alarms = new ArrayList<>(document.audit().imbalances());
        if (!alarms.isEmpty()) {
            alarms.add(0, "The books do not balance: do not trust the figures below.");
        }
        return alarms;
    }

    private List<String> warnings() {
        List<String> warnings = new ArrayList<>(TextReport.doubts(document));
        if (!report.scope().isWhole()) {
            warnings.add("Only " + String.join("; ", report.scope().words()) + ". " + TextReport.WHOLE_RUN);
        }
        return warnings;
    }

    private static List<Map<String, Object>> parts(Map<String, Object> model) {
        List<Map<String, Object>> parts = new ArrayList<>();
        parts.add(Map.of("id", "exits", "title", "Exits"));
        if (model.get("nested") != null) {
            parts.add(Map.of("id", "nested", "title", "Instructions of L2"));
        }
        if (model.get("places") != null) {
            parts.add(Map.of("id", "places", "title", "Places"));
        }
        if (model.get("advice") != null) {
            parts.add(Map.of("id", "advice", "title", "Advice"));
        }
        if (model.get("charts") != null) {
            parts.add(Map.of("id", "time", "title", "Over time"));
        }
        if (model.get("outliers") != null) {
            parts.add(Map.of("id", "outliers", "title", "Outliers"));
        }
        parts.add(Map.of("id", "findings", "title", "Findings"));
        parts.add(Map.of("id", "policies", "title", "Policies"));
        if (model.get("whatIf") != null) {
            parts.add(Map.of("id", "whatif", "title", "What if"));
        }
        return parts;
    }

    private Map<String, Object> policies() {
        return new HtmlTable<PolicyVerdict>("Verdicts of the whole run")
                .text("policy", verdict -> verdict.policy().id())
                .text("verdict", verdict -> verdict.verdict().title())
                .text("why", PolicyText::figures)
                .text("severity", verdict -> verdict.policy().severity())
                .text("what it demands", verdict -> verdict.policy().title())
                .of(document.policies());
    }

    /** Null where nothing was priced. */
    private Map<String, Object> whatIf() {
        WhatIf whatIf = document.whatIf();
        if (whatIf.ofRun().isEmpty() || !whatIf.armed()) {
            return null;
        }
        WhatIfText text = new WhatIfText(run, whatIf, new Ink(false));
        Map<String, Object> model = new HashMap<>(
                new HtmlTable<StrategyFigures>("Cycles; the difference is to S1/T1/I1, the kernel as it is")
                        .text("strategy", StrategyFigures::strategy)
                        .text("sound", text::sound)
                        .figure("syncs", each -> bounds(each.syncs()))
                        .figure("XFD writes", each -> bounds(each.xfdWriteExits()))
                        .figure("#NM exits", each -> bounds(each.nmExits()))
                        .figure("cycles", this::cycles)
                        .figure("difference", this::difference)
                        .of(whatIf.ofRun()));
        model.put("notes", text.notes());
        return model;
    }

    private Cell cycles(StrategyFigures each) {
        CycleRange cycles = each.cycles(document.whatIf().costs());
        return Cell.figure(WhatIfText.range(cycles), cycles.lo());
    }

    private Cell difference(StrategyFigures each) {
        CycleRange more = each.cyclesMoreThan(
                document.whatIf().base(each), document.whatIf().costs());
        return more == null ? Cell.figure("-", null) : Cell.figure(WhatIfText.range(more), more.lo());
    }

    private static Cell bounds(Bounds count) {
        return Cell.figure(WhatIfText.count(count), count.lo());
    }
}
