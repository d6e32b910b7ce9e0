package io.fusewire.harness;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A real PostgreSQL with fsync on, that can be stopped as a crash does and started again. */
public final class Postgres implements AutoCloseable {
    public static final String USER = "postgres";
    private static final String DATABASE = "harness";

    private final Path data;
    private final int port;
    private EmbeddedPostgres server;

    public Postgres(Path folder) throws IOException, SQLException {
        this.data = folder.resolve("postgresql");
        this.port = FreePorts.free();
        start();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + DATABASE);
        }
    }

    void start() throws IOException {
        server = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(1))
                .setPort(port)
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "on")
                .setServerConfig("max_connections", "100")
                .start();
    }

    private long postmaster() throws IOException {
        return Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
    }

    /** Its processes at this moment. */
    public List<Long> processes() throws IOException {
        long postmaster = postmaster();
        return Stream.concat(
                        Stream.of(postmaster),
                        ProcessHandle.of(postmaster).stream()
                                .flatMap(ProcessHandle::descendants)
                                .map(ProcessHandle::pid))
                .toList();
    }

    /** SIGQUIT to the postmaster, as {@code pg_ctl stop -m immediate}: no checkpoint, recovery at the next start. */
    void stopImmediately() throws IOException, InterruptedException {
        long postmaster = postmaster();
        Shell.run("kill", "-QUIT", String.valueOf(postmaster));
        Waiting.until("PostgreSQL is gone", 30, () -> ProcessHandle.of(postmaster)
                .filter(ProcessHandle::isAlive)
                .isEmpty());
        close();
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
