package io.trapline.app.report;

/** One event that led to a finding: its time in units of the run's clock, its line or offset in the source, its text. */
public record Evidence(long seq, long time, long position, String text) {}
