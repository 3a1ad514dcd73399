package io.trapline.app.cli;

import io.trapline.streams.profile.MsrFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the MSR filter of a VMM from a file: a default, and ranges of which the first that matches decides. */
final class MsrFilterFile {
    private static final Pattern DEFAULT = Pattern.compile("default\\s+(allow|deny)");
    private static final String INDEX = "0x([0-9a-fA-F]{1,8})";
    private static final Pattern RANGE =
            Pattern.compile("(allow|deny)\\s+(read\\+write|read|write)\\s+" + INDEX + "(?:-" + INDEX + ")?");
    private static final int ACTION = 1;
    private static final int DIRECTIONS = 2;
    private static final int FIRST = 3;
    private static final int LAST = 4;
    private static final int HEX = 16;

    private final Path file;
    private final List<MsrFilter.Range> ranges = new ArrayList<>();
    private Boolean allowsByDefault;

    private MsrFilterFile(Path file) {
        this.file = file;
    }

    /** The filter that the file describes; a line that says nothing intelligible fails the command with its number. */
    static MsrFilter read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.INPUT_UNREADABLE, "The MSR filter " + file + " cannot be read: " + e.getMessage(), e);
        }
        MsrFilterFile reading = new MsrFilterFile(file);
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1).replaceFirst("#.*", "").strip();
            if (!line.isEmpty()) {
                reading.line(line, number);
            }
        }
        return reading.filter();
    }

    private void line(String line, int number) {
        Matcher byDefault = DEFAULT.matcher(line);
        if (byDefault.matches()) {
            if (allowsByDefault != null) {
                throw failure(number, "the default has been given before");
            }
            allowsByDefault = allows(byDefault.group(ACTION));
            return;
        }
        Matcher range = RANGE.matcher(line);
        if (!range.matches()) {
            throw failure(
                    number,
                    "'" + line + "' is neither 'default allow|deny' nor"
                            + " 'allow|deny read|write|read+write 0xFIRST[-0xLAST]'");
        }
        ranges.add(range(range, number));
    }

    private MsrFilter.Range range(Matcher line, int number) {
        long first = Long.parseLong(line.group(FIRST), HEX);
        long last = line.group(LAST) == null ? first : Long.parseLong(line.group(LAST), HEX);
        if (last < first) {
            throw failure(number, "the range ends before it begins");
        }
        String directions = line.group(DIRECTIONS);
        return new MsrFilter.Range(
                allows(line.group(ACTION)), directions.contains("read"), directions.contains("write"), first, last);
    }

    private static boolean allows(String action) {
        return action.equals("allow");
    }

    /** As in KVM, what is not said is allowed. */
    private MsrFilter filter() {
        return new MsrFilter(allowsByDefault == null || allowsByDefault, ranges);
    }

    private CommandFailure failure(int number, String what) {
        return new CommandFailure(ExitCode.INPUT_UNREADABLE, file + ":" + number + ": " + what + ".");
    }
}
