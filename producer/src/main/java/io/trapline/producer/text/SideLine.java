package io.trapline.producer.text;

import io.trapline.producer.identity.Loss;

/** A line of a recording that is no event but belongs to it. */
public sealed interface SideLine {
    /** A comment, a blank line, a frame of a call chain: nothing that anybody asks for. */
    SideLine IGNORED = new Ignored();

    /** The line that a file of this format begins with. */
    SideLine BEGINNING = new Beginning();

    record Ignored() implements SideLine {}

    record Beginning() implements SideLine {}

    /** Events of one CPU are missing here. */
    record Lost(Loss loss) implements SideLine {}

    /** How many events the recorder had in its buffer for this file, and how many it had written into it. */
    record Entries(long inBuffer, long written) implements SideLine {}

    /** The kernel that recorded, as it calls itself. */
    record Kernel(String release) implements SideLine {}
}
