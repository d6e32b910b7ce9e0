package io.fusewire.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A command of the machine, run to its end. */
public final class Shell {

    /** How it ended, and what it printed. */
    public record Done(int exit, String printed) {}

    private Shell() {}

    static Done run(String... command) throws IOException {
        return run(new ProcessBuilder(command));
    }

    static Done run(ProcessBuilder command) throws IOException {
        return run(command, 60);
    }

    /** @param seconds how long it may take */
    public static Done run(ProcessBuilder command, int seconds) throws IOException {
        Process process = command.redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor(seconds, TimeUnit.SECONDS)) {
                return new Done(process.exitValue(), printed);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        throw new IOException(command.command().get(0) + " did not end");
    }
}
