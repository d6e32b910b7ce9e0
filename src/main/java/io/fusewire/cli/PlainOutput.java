package io.fusewire.cli;

import java.io.PrintStream;
import java.util.regex.Pattern;

/** Prints without control characters, but for line ends and tabs: a terminal obeys them, and texts come from outside. */
final class PlainOutput extends PrintStream {
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0B-\\x1F\\x7F-\\x9F]");

    private final PrintStream out;

    PlainOutput(PrintStream out) {
        super(out, true);
        this.out = out;
    }

    @Override
    public void print(String text) {
        out.print(CONTROL.matcher(String.valueOf(text)).replaceAll(" "));
    }
}
