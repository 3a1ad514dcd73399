package io.trapline.app.cli;

import io.trapline.app.broker.ClusterUnreachable;
import io.trapline.producer.publish.PublishException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever ends a command into a sentence on stderr and an exit code. */
final class Failures {

    private static final String PREFIX = "trapline: ";
    private static final long MEGABYTE = 1024 * 1024;

    private final TraplineCommand root;

    Failures(TraplineCommand root) {
        this.root = root;
    }

    /** picocli's hook for a command that threw. */
    int ofExecution(Exception thrown, CommandLine command, ParseResult parsed) {
        return report(thrown, command.getErr());
    }

    /** picocli's hook for a command line that can not be understood: a sentence, not the whole help page. */
    int ofUsage(ParameterException thrown, String[] args) {
        CommandLine command = thrown.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(PREFIX + thrown.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(thrown, err)) {
            err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        }
        return ExitCode.USAGE;
    }

    int report(Throwable thrown, PrintWriter err) {
        if (thrown instanceof CommandFailure failure) {
            return say(failure.getMessage(), failure, failure.exitCode(), err);
        }
        if (thrown instanceof ClusterUnreachable || thrown instanceof PublishException) {
            return say(thrown.getMessage(), thrown, ExitCode.CLUSTER_UNREACHABLE, err);
        }
        if (thrown instanceof OutOfMemoryError) {
            long megabytes = Runtime.getRuntime().maxMemory() / MEGABYTE;
            String sentence = megabytes + " MB of memory are not enough for this: give Java more of it, for example by"
                    + " TRAPLINE_JAVA_OPTS=-Xmx" + 2 * megabytes + "m.";
            return say(sentence, thrown, ExitCode.DEFECT, err);
        }
        String hint = root.debug() ? "" : " Run it again with --debug to see where, and report it.";
        return say("This is a defect of Trapline: " + thrown + "." + hint, thrown, ExitCode.DEFECT, err);
    }

    private int say(String sentence, Throwable thrown, int exitCode, PrintWriter err) {
        err.println(PREFIX + sentence);
        if (root.debug()) {
            thrown.printStackTrace(err);
        }
        return exitCode;
    }
}
