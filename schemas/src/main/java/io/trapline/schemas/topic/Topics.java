package io.trapline.schemas.topic;

import java.util.List;

/**
 * The topics of Trapline. The partition counts of {@link #TRACE} and of the topics keyed like it are fixed for their
 * life: a stream is in one partition.
 */
public final class Topics {
    private static final long FOR_EVER = -1;
    private static final long DAY_MS = 24L * 60 * 60 * 1000;
    private static final int PARTITIONS = 4;

    /** The log: the only truth. */
    public static final Topic TRACE =
            new Topic("trapline.trace", "<run>/<vm>/<vcpu>", "TraceChunk", PARTITIONS, Topic.Cleanup.DELETE, FOR_EVER);

    public static final Topic RUNS = new Topic("trapline.runs", "<run>", "Run", 1, Topic.Cleanup.COMPACT, FOR_EVER);

    public static final Topic VIOLATIONS = new Topic(
            "trapline.violations",
            "<run>/<finding>/<analysis>",
            "FindingRow",
            PARTITIONS,
            Topic.Cleanup.COMPACT,
            FOR_EVER);

    public static final Topic POLICY_VERDICTS = new Topic(
            "trapline.policy-verdicts",
            "<run>/<policy>/<vm>/<vcpu>/<analysis>",
            "PolicyVerdictRow",
            PARTITIONS,
            Topic.Cleanup.COMPACT,
            FOR_EVER);

    public static final Topic EXIT_COSTS = new Topic(
            "trapline.exit-costs",
            "<run>/<vm>/<vcpu>/<level>/<reason>/<detail>/<window>/<analysis>",
            "ExitCostRow",
            PARTITIONS,
            Topic.Cleanup.COMPACT,
            FOR_EVER);

    public static final Topic WHAT_IF = new Topic(
            "trapline.what-if",
            "<run>/<strategy>/<vm>/<vcpu>/<level>/<analysis>",
            "WhatIfRow",
            PARTITIONS,
            Topic.Cleanup.COMPACT,
            FOR_EVER);

    public static final Topic RUN_SUMMARY = new Topic(
            "trapline.run-summary", "<run>/…/<analysis>", "SummaryRow", PARTITIONS, Topic.Cleanup.COMPACT, FOR_EVER);

    public static final Topic DEAD_LETTER =
            new Topic("trapline.dead-letter", "as received", "as received", 1, Topic.Cleanup.DELETE, 30 * DAY_MS);

    /** The catalogue, in the order of the flow. */
    public static final List<Topic> ALL =
            List.of(TRACE, RUNS, VIOLATIONS, POLICY_VERDICTS, EXIT_COSTS, WHAT_IF, RUN_SUMMARY, DEAD_LETTER);

    private Topics() {}
}
