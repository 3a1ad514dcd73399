package io.trapline.app.cli;

/** How the report of a run is written. */
enum ReportFormat {
    TEXT,
    PERF,
    JSON,
    CSV,
    HTML,
    JUNIT
}
