package io.trapline.app.diff;

/** How a comparison is written. */
public enum DiffFormat {
    TEXT,
    JSON,
    JUNIT
}
