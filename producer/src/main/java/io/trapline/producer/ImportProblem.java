package io.trapline.producer;

/**
 * Something that is wrong with an input but does not stop the import. {@code line} is its place (from 1), 0 where it
 * concerns the whole; {@code sentence} is for a person.
 */
public record ImportProblem(Code code, long line, String sentence) {

    /** How much a problem takes away from what the recording can prove. */
    public enum Severity {
        /** Worth knowing, nothing is missing. */
        NOTE,
        /** Something that happened is not in the events. */
        WARNING
    }

    /** What can be wrong. */
    public enum Code {
        /** A line that is neither header nor event, or a known event with a body that we cannot read. */
        UNPARSED_LINE(Severity.WARNING),
        /** The last line has no end: it was cut, and is left out. */
        TORN_LAST_LINE(Severity.WARNING),
        /** A line of more bytes than any event has: its rest is skipped. */
        LINE_TOO_LONG(Severity.WARNING),
        /** Packed data ends early or is broken: the events before that place are kept. */
        SOURCE_CUT(Severity.WARNING),
        /** The recorder says that it lost events. */
        LOST_EVENTS(Severity.WARNING),
        /** Times went back within a stream and were raised to the time before. */
        TIME_WENT_BACK(Severity.NOTE),
        /** Line formats of kernels that exclude each other, or the kernel that the recording names. */
        FORMATS_DISAGREE(Severity.NOTE),
        /** More of something than we keep: what was one too many is counted, and said where it went. */
        LIMIT_REACHED(Severity.WARNING),
        /** The header tells of more or fewer events than follow: somebody cut a piece out of a recording. */
        SLICE(Severity.NOTE),
        /** Lines and events do not add up: a defect of ours, of which the figures cannot be trusted. */
        BOOKS_DO_NOT_BALANCE(Severity.WARNING),
        /** A trace without an event. */
        NO_EVENTS(Severity.WARNING);

        private final Severity severity;

        Code(Severity severity) {
            this.severity = severity;
        }

        public Severity severity() {
            return severity;
        }
    }

    public Severity severity() {
        return code.severity();
    }
}
