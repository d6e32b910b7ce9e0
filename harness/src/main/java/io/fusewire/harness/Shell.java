package io.fusewire.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A command of the machine, run to its end. */
public final class Shell {

    /** How it ended, and what it printed. */
    public record Done(int exit, String printed) {}

    private Shell() {}

    /** @throws Scenario.Skipped where the machine has no such program */
    static String installed(String program) throws Scenario.Skipped {
        return Stream.of(System.getenv("PATH").split(":"), new String[] {"/usr/sbin", "/usr/local/sbin"})
                .flatMap(Stream::of)
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new Scenario.Skipped("apt-get install " + program))
                .toString();
    }

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
