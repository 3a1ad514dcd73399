package io.trapline.app.cli;

/** How a report is written. */
enum OutputFormat {
    TEXT,
    JSON
}
