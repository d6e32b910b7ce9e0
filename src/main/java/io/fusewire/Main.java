package io.fusewire;

import io.fusewire.cli.Commands;

/** The program: one of its commands, and what is set before the first log line. */
public final class Main {
    private static final String LOGBACK = "logback.configurationFile";
    private static final String NETTY = "io.netty.noUnsafe";

    /** From this Java on each use of {@code sun.misc.Unsafe} prints four lines. */
    private static final int UNSAFE_IS_TOLD = 24;

    private Main() {}

    public static void main(String[] args) {
        if (System.getProperty(LOGBACK) == null) {
            System.setProperty(LOGBACK, "fusewire/logback.xml");
        }
        if (Runtime.version().feature() >= UNSAFE_IS_TOLD && System.getProperty(NETTY) == null) {
            System.setProperty(NETTY, "true");
        }
        if (args.length > 0 && !args[0].equals("run")) {
            // A command prints what it found, and nothing beside it.
            System.setProperty("io.fusewire.log-level", "ERROR");
        }
        System.exit(Commands.all(System.out, System.err).execute(args));
    }
}
