package io.trapline.app.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code trapline} itself: options that hold for every subcommand, and the list of those. */
@Command(
        name = "trapline",
        description = "Judges what a hypervisor did from the trace it left.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionFromManifest.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nResults go to stdout, all else to stderr. Exit codes:%n",
        exitCodeList = {
            "0:fine",
            "1:findings at or above --fail-on, or a gate of diff that does not hold",
            "2:usage",
            "3:input unreadable",
            "4:cluster unreachable"
        })
public final class TraplineCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    private boolean debug;

    private TraplineCommand() {}

    /** Every subcommand, in the order of the help page. One class each, annotated {@code @Command}. */
    private static List<Object> subcommands() {
        return List.of(
                new DemoCommand(),
                new AnalyzeCommand(),
                new ExplainCommand(),
                new StateCommand(),
                new PoliciesCommand(),
                new EmulateCommand(),
                new ImportCommand(),
                new ExportCommand(),
                new StreamsCommand(),
                new ReplayCommand(),
                new DiffCommand(),
                new WhatIfCommand(),
                new ThreadCommand(),
                new RunsCommand(),
                new TopicsCommand(),
                new ResetCommand());
    }

    /** Parses and runs one command line; returns its exit code. */
    public static int run(String[] args, PrintWriter out, PrintWriter err) {
        return run(subcommands(), args, out, err);
    }

    static int run(List<Object> subcommands, String[] args, PrintWriter out, PrintWriter err) {
        TraplineCommand root = new TraplineCommand();
        Failures failures = new Failures(root);
        CommandLine commandLine = new CommandLine(root);
        subcommands.forEach(commandLine::addSubcommand);
        // After the subcommands: picocli hands these down to those it already has.
        commandLine
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(failures::ofExecution)
                .setParameterExceptionHandler(failures::ofUsage);
        try {
            return commandLine.execute(args);
        } catch (Error e) {
            // picocli hands over exceptions only. Whatever this is, it ends the process with a sentence, too.
            return failures.report(e, err);
        } finally {
            out.flush();
            err.flush();
        }
    }

    /** The levels are read when the first logger is made, which is after the command line is parsed. */
    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Show stack traces and what Trapline and Kafka do.")
    void setDebug(boolean debug) {
        this.debug = debug;
        if (debug) {
            System.setProperty("trapline.log.level", "DEBUG");
            System.setProperty("trapline.log.kafka", "INFO");
            System.setProperty("trapline.log.clients", "INFO");
            System.setProperty("trapline.log.thrown", "%n%ex");
        }
    }

    boolean debug() {
        return debug;
    }

    /** What happens without a subcommand. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "There is no command. Name one of those that --help lists.");
    }
}
