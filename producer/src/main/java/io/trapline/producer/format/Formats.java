package io.trapline.producer.format;

import io.trapline.producer.ftrace.FtraceFormat;
import io.trapline.producer.perfscript.PerfScriptFormat;
import io.trapline.producer.text.TextFormat;
import io.trapline.producer.tracecmd.TraceCmdFormat;
import java.util.List;

/** All formats that are read: one more is one more folder and one more line here. */
public final class Formats {
    private Formats() {}

    /** New ones, for one recording; where a line shows two of them, the first is meant. */
    public static List<TextFormat> all() {
        return List.of(new PerfScriptFormat(), new TraceCmdFormat(), new FtraceFormat());
    }

    /** Their names, for {@code --input-format}. */
    public static List<String> names() {
        return all().stream().map(TextFormat::name).sorted().toList();
    }
}
