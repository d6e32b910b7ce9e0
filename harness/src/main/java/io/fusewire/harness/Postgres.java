package io.fusewire.harness;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A real PostgreSQL with fsync on, that can be stopped as a crash does and started again. */
public final class Postgres implements Closeable {
    public static final String USER = "postgres";
    private static final String DATABASE = "harness";

    private final Path data;
    private final int port;
    private EmbeddedPostgres server;

    public Postgres(Path folder) throws IOException, SQLException {
        this(folder, FreePorts.free());
        start();
        run("CREATE DATABASE " + DATABASE);
    }

    private Postgres(Path folder, int port) {
        this.data = folder.resolve("postgresql");
        this.port = port;
    }

    /** Another server that follows this one, which waits at each commit until the other has it on its disk too. */
    Postgres standby(Path folder) throws IOException, SQLException {
        Postgres standby = new Postgres(folder, FreePorts.free());
        close();
        copy(data, standby.data);
        Files.writeString(
                standby.data.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=127.0.0.1 port=%d user=%s'%n".formatted(port, USER));
        Files.createFile(standby.data.resolve("standby.signal"));
        start();
        standby.start();
        run("ALTER SYSTEM SET synchronous_standby_names = '*'");
        run("SELECT pg_reload_conf()");
        return standby;
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(from)) {
            all = found.toList();
        }
        for (Path each : all) {
            Files.copy(each, to.resolve(from.relativize(each)), StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    /** From now on each transaction only reads, in sessions that are open as well. */
    void takeNoWrites() throws SQLException {
        run("ALTER SYSTEM SET default_transaction_read_only = on");
        run("SELECT pg_reload_conf()");
    }

    /** The standby becomes a primary, which waits for no other. */
    void promote() throws SQLException {
        run("SELECT pg_promote()");
    }

    /** Those that hold tables, beside PostgreSQL's own. */
    String schemas() throws SQLException {
        try (Connection connection = server.getDatabase(USER, DATABASE).getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT string_agg(DISTINCT schemaname, ', ') FROM pg_tables"
                        + " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')")) {
            row.next();
            return row.getString(1);
        }
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
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
        return url(port);
    }

    /** Of its database, by way of another port. */
    static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
