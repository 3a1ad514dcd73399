package io.trapline.app.thread;

/**
 * Something that was said in January 2022, and what the measured guests say to it.
 *
 * @param said by whom it was said, in short
 * @param confirmed whether the figures bear it out
 * @param figures those figures
 */
record Claim(String said, boolean confirmed, String figures) {}
