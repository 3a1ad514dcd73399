package io.trapline.app.cli;

/** How an answer is written that is no report of a run. */
enum OutputFormat {
    TEXT,
    JSON
}
