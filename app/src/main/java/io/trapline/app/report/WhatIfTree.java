package io.trapline.app.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trapline.schemas.avro.WhatIfLoss;
import io.trapline.streams.whatif.Bounds;
import java.util.List;

/** The strategies as a part of {@code trapline.summary/1}. Names and their order are a contract. */
final class WhatIfTree {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final RunDescription run;
    private final WhatIf whatIf;

    private WhatIfTree(RunDescription run, WhatIf whatIf) {
        this.run = run;
        this.whatIf = whatIf;
    }

    static ArrayNode of(RunDescription run, WhatIf whatIf) {
        return new WhatIfTree(run, whatIf).strategies();
    }

    private ArrayNode strategies() {
        ArrayNode strategies = NODES.arrayNode();
        for (StrategyFigures figures : whatIf.ofRun()) {
            ObjectNode node = NODES.objectNode()
                    .put("strategy", figures.strategy())
                    .put("sound", figures.sound())
                    .put("remark", figures.remark())
                    .set("first_loss", loss(figures.loss()));
            addFigures(node, figures);
            node.set("levels", parts(whatIf.parts(figures.strategy(), true), "level"));
            node.set("vms", parts(whatIf.parts(figures.strategy(), false), "vm"));
            strategies.add(node);
        }
        return strategies;
    }

    private ArrayNode parts(List<StrategyFigures> parts, String name) {
        ArrayNode nodes = NODES.arrayNode();
        for (StrategyFigures part : parts) {
            ObjectNode node = NODES.objectNode().put(name, part.level().isEmpty() ? part.vm() : part.level());
            addFigures(node, part);
            nodes.add(node);
        }
        return nodes;
    }

    private void addFigures(ObjectNode node, StrategyFigures figures) {
        addBounds(node, "syncs", figures.syncs());
        addBounds(node, "xfd_write_exits", figures.xfdWriteExits());
        addBounds(node, "nm_exits", figures.nmExits());
        addBounds(node, "xfd_faults", figures.xfdFaults());
        node.put("eb01_compares", figures.eb01Compares());
        node.put("exact", figures.exact());
        node.put("reason", figures.reason());
        node.set("cycles", range(figures.cycles(whatIf.costs())));
        node.set("delta_cycles", range(figures.cyclesMoreThan(whatIf.base(figures), whatIf.costs())));
    }

    /** A count, which is the least where it is not exact, and the most beside it: null where nothing bounds it. */
    private static void addBounds(ObjectNode node, String name, Bounds bounds) {
        node.put(name, bounds.lo());
        node.put(name + "_hi", bounds.hi());
    }

    private static ArrayNode range(CycleRange range) {
        return range == null ? null : NODES.arrayNode().add(range.lo()).add(range.hi());
    }

    private ObjectNode loss(WhatIfLoss loss) {
        if (loss == null) {
            return null;
        }
        return NODES.objectNode()
                .put("vm", loss.getVm())
                .put("vcpu", loss.getVcpu())
                .put("level", loss.getLevel())
                .put("seq", loss.getSeq())
                .put("time_ns", run.clock().nanos(loss.getTime()))
                .put("source", run.place(loss.getSource()))
                .put("evidence", loss.getEvidence());
    }
}
