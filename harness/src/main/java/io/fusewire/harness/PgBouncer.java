package io.fusewire.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** PgBouncer in session mode, with its defaults, in front of a PostgreSQL. */
final class PgBouncer implements AutoCloseable {
    private final int port = FreePorts.free();
    private final List<String> command;
    private final Path log;
    private Process process;

    /** @throws Scenario.Skipped where there is none */
    PgBouncer(Path folder, Postgres server) throws IOException, Scenario.Skipped, InterruptedException {
        String program = Shell.installed("pgbouncer");
        Path users = Files.writeString(folder.resolve("users"), "\"" + Postgres.USER + "\" \"\"\n");
        Path ini = Files.writeString(
                folder.resolve("pgbouncer.ini"),
                """
                [databases]
                * = host=127.0.0.1 port=%d
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = trust
                auth_file = %s
                """
                        .formatted(server.port(), port, users));
        this.log = folder.resolve("log");
        this.command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            // As root it refuses to run, and it reads its files as whom it becomes.
            for (Path folders = folder;
                    folders.startsWith(folder.getParent().getParent());
                    folders = folders.getParent()) {
                folders.toFile().setExecutable(true, false);
            }
            command.addAll(List.of("setpriv", "--reuid=nobody", "--clear-groups"));
        }
        command.addAll(List.of(program, ini.toString()));
        start();
    }

    /** Starts it, and waits until it answers. */
    void start() throws IOException, InterruptedException {
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        Waiting.until("PgBouncer answers, see " + log, 30, () -> !process.isAlive() || FreePorts.isTaken(port));
        if (!process.isAlive()) {
            throw new IllegalStateException("PgBouncer did not start: " + Files.readString(log));
        }
    }

    /** SIGKILL: every connection through it breaks off. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
