package io.trapline.producer.ftrace;

import io.trapline.producer.source.UnreadableInput;
import java.util.Arrays;

/** Refuses what is no text before any of it is taken for a line. */
final class BinaryCheck {
    /** Bytes of the beginning that tell text from anything else. */
    static final int PEEK_BYTES = 4_096;

    private static final byte[] TRACE_DAT = {0x17, 0x08, 0x44, 't', 'r', 'a', 'c', 'i', 'n', 'g'};
    private static final byte[] PERF_DATA = {'P', 'E', 'R', 'F', 'I', 'L', 'E', '2'};

    private BinaryCheck() {}

    static void check(String name, byte[] beginning) throws UnreadableInput {
        if (startsWith(beginning, TRACE_DAT)) {
            throw new UnreadableInput(name + " is a trace.dat of trace-cmd, which is not read yet: "
                    + "record the kernel's own text (/sys/kernel/tracing/trace) instead.");
        }
        if (startsWith(beginning, PERF_DATA)) {
            throw new UnreadableInput(name + " is a perf.data of perf, which is not read yet: "
                    + "record the kernel's own text (/sys/kernel/tracing/trace) instead.");
        }
        for (byte each : beginning) {
            if (each == 0) {
                throw new UnreadableInput(name + " is a binary file: give the text of a kernel trace "
                        + "(/sys/kernel/tracing/trace or trace_pipe), plain or packed with gzip, zstd or xz.");
            }
        }
    }

    private static boolean startsWith(byte[] bytes, byte[] magic) {
        return bytes.length >= magic.length && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
    }
}
