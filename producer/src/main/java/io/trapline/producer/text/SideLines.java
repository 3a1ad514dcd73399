package io.trapline.producer.text;

import io.trapline.producer.line.LineReader;

/** Reads the lines of a format that are no events. */
@FunctionalInterface
public interface SideLines {
    /** What the line is, or null where it is none of this format: nobody knows then what stood there. */
    SideLine read(LineReader line);
}
