package io.fusewire.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A PgBouncer with its defaults, where the machine has one. */
public final class Pooler implements AutoCloseable {
    private static final String PREFIX = "jdbc:postgresql://localhost:";

    private final TestFolder folder;
    private final Process process;
    private final String url;

    private Pooler(TestFolder folder, Process process, String url) {
        this.folder = folder;
        this.process = process;
        this.url = url;
    }

    /** Whether there is one. */
    public static boolean isInstalled() {
        return Stream.of("/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer")
                .anyMatch(place -> Files.isExecutable(Path.of(place)));
    }

    /**
     * Starts one in front of a database.
     *
     * @param mode its {@code pool_mode}
     * @param more another line of its configuration
     */
    public static Pooler of(String database, String mode, String more) throws IOException {
        String[] place = database.substring(PREFIX.length()).split("/");
        int port = RunningGateway.freePort();
        TestFolder folder = new TestFolder();
        Path users = Files.writeString(folder.path().resolve("users"), "\"" + Postgres.USER + "\" \"\"\n");
        Path ini = Files.writeString(
                folder.path().resolve("pgbouncer.ini"),
                """
                [databases]
                %s = host=127.0.0.1 port=%s
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = trust
                auth_file = %s
                pool_mode = %s
                %s
                """
                        .formatted(place[1], place[0], port, users, mode, more));
        // As root it refuses to run, and it reads its files as whom it becomes.
        folder.path().toFile().setExecutable(true, false);
        folder.path().toFile().setReadable(true, false);
        Process process = new ProcessBuilder(
                        "root".equals(System.getProperty("user.name"))
                                ? new String[] {
                                    "setpriv", "--reuid=nobody", "--clear-groups", "pgbouncer", ini.toString()
                                }
                                : new String[] {"pgbouncer", ini.toString()})
                .redirectErrorStream(true)
                .redirectOutput(folder.path().resolve("log").toFile())
                .start();
        await().until(() -> isOpen(port));
        return new Pooler(folder, process, PREFIX + port + "/" + place[1]);
    }

    private static boolean isOpen(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("localhost", port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Of the database, by way of the pooler. */
    public String url() {
        return url;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        folder.close();
    }
}
