package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fusewire.testing.LogLines;
import io.fusewire.testing.Postgres;
import io.fusewire.testing.RunningGateway;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A PostgreSQL that can't be the store: one sentence that names the property and what to do, and no secret. */
class PostgresOpenerTest {
    private static final Duration SHORTLY = Duration.ofSeconds(2);
    private static final String PASSWORD = "a-password-that-nobody-may-see";

    private final String url = Postgres.database();
    private final String place = url.substring("jdbc:postgresql://".length());

    @Test
    void a_url_of_something_else_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PostgresLocation("jdbc:mysql://somewhere/db?password=" + PASSWORD, "", ""))
                .withMessage("fusewire.store.url does not begin with jdbc:postgresql://; it is"
                        + " jdbc:postgresql://host:5432/database");
    }

    @Test
    void a_port_where_nobody_answers_is_refused_when_the_wait_is_over() {
        try (LogLines log = new LogLines()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> open("jdbc:postgresql://localhost:1/db?password=" + PASSWORD, Postgres.USER, SHORTLY))
                    .withMessage("fusewire.store.url: no PostgreSQL answers at localhost:1/db");
            assertThat(log.text())
                    .containsOnlyOnce(
                            "No PostgreSQL answers at localhost:1/db yet; the start waits for it, 2 seconds at most"
                                    + " (fusewire.store.start-timeout)")
                    .doesNotContain(PASSWORD);
        }
    }

    @Test
    void a_server_that_comes_up_a_little_later_is_waited_for() throws Exception {
        String[] parts = place.split("[:/]");
        int free = RunningGateway.freePort();
        String later = "jdbc:postgresql://localhost:" + free + "/" + parts[2];
        try (LogLines log = new LogLines()) {
            CompletableFuture<Store> opening =
                    CompletableFuture.supplyAsync(() -> open(later, Postgres.USER, Duration.ofMinutes(10)));
            await().until(() -> log.text().contains("the start waits for it, 600 seconds at most"));
            assertThat(opening).isNotDone();
            Forwarder server = new Forwarder(free, Integer.parseInt(parts[1]));
            try (Store store = opening.get(1, TimeUnit.MINUTES)) {
                assertThat(store.read(PostgresOpenerTest::synchronousCommit)).isEqualTo("on");
                assertThat(log.text()).contains("PostgreSQL answers at localhost:" + free);
            } finally {
                server.close();
            }
        }
    }

    @Test
    void who_waits_stops_when_the_program_does() throws Exception {
        ExecutorService starting = Executors.newSingleThreadExecutor();
        try (LogLines log = new LogLines()) {
            Future<?> opening = starting.submit(
                    () -> open("jdbc:postgresql://localhost:1/db", Postgres.USER, Duration.ofMinutes(10)));
            await().until(() -> log.text().contains("the start waits for it"));
            starting.shutdownNow();
            assertThatThrownBy(() -> opening.get(1, TimeUnit.MINUTES))
                    .hasRootCauseInstanceOf(ConnectException.class)
                    .hasMessageContaining("no PostgreSQL answers at localhost:1/db");
        }
    }

    @Test
    void a_server_that_is_starting_is_waited_for() {
        SQLException starting = new SQLException("the database system is starting up", "57P03");
        assertThat(FirstConnection.isNotUp(starting)).isTrue();
        SQLException pooler = new SQLException("unsupported startup parameter: search_path", "08P01");
        assertThat(FirstConnection.isNotUp(pooler)).isFalse();
    }

    @Test
    void a_pooler_that_waits_for_its_server_is_waited_for() {
        assertThat(FirstConnection.isNotUp(new SQLException(
                        "FATAL: server login has been failing, try again later (server_login_retry)", "08P01")))
                .isTrue();
    }

    @Test
    void a_server_that_only_reads_is_refused_when_the_wait_is_over() {
        setReadOnly("SET default_transaction_read_only = on");
        try (LogLines log = new LogLines()) {
            String sentence = "fusewire.store.url: no PostgreSQL takes writes at " + place
                    + "; name the primary, or with it each server that may become it (host:5432,host:5432/database)";
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> open(url, Postgres.USER, SHORTLY))
                    .withMessage(sentence);
            assertThat(log.text())
                    .containsOnlyOnce("PostgreSQL takes no writes at " + place
                            + " yet; the start waits for a primary, 2 seconds at most (fusewire.store.start-timeout)");
            refused(url + "?targetServerType=any", Postgres.USER, sentence);
        }
    }

    @Test
    void a_server_that_becomes_the_primary_a_little_later_is_waited_for() throws Exception {
        setReadOnly("SET default_transaction_read_only = on");
        try (LogLines log = new LogLines()) {
            CompletableFuture<Store> opening =
                    CompletableFuture.supplyAsync(() -> open(url, Postgres.USER, Duration.ofMinutes(10)));
            await().until(() -> log.text().contains("PostgreSQL takes no writes at " + place));
            setReadOnly("RESET default_transaction_read_only");
            opening.get(1, TimeUnit.MINUTES).close();
        }
    }

    private void setReadOnly(String how) {
        String database = place.substring(place.indexOf('/') + 1);
        Postgres.execute(url.replace(database, "postgres"), "ALTER DATABASE " + database + " " + how);
    }

    @Test
    void of_several_hosts_the_one_that_takes_writes_is_the_store() {
        String several = url.replace("//", "//localhost:1,");
        try (Store store = open(several, Postgres.USER)) {
            assertThat(store.read(PostgresOpenerTest::synchronousCommit)).isEqualTo("on");
        }
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    currentSchema=mine                          | mine
                    currentSchema=Mine                          | mine
                    currentSchema=%22Mine%22                    | Mine
                    currentSchema=my-own                        | my-own
                    currentSchema=mine,public                   | mine
                    connectTimeout=9&currentSchema=mine         | mine
                    currentSchema=mine&connectTimeout=9         | mine
                    currentSchema=                              | fusewire
                    connectTimeout=9                            | fusewire
                    options=-c%20search_path%3Dpublic           | fusewire
                    """,
            delimiter = '|')
    void the_tables_are_in_the_schema_that_the_url_names_and_in_no_other(String parameters, String schema) {
        open(url + "?" + parameters, Postgres.USER).close();
        assertThat(Postgres.rows(
                        url,
                        "SELECT DISTINCT schemaname FROM pg_tables WHERE schemaname NOT IN"
                                + " ('pg_catalog', 'information_schema')"))
                .containsExactly(schema);
    }

    @Test
    void a_wrong_password_is_refused() {
        Postgres.execute(url, "SET password_encryption = 'scram-sha-256'");
        Postgres.execute(url, "CREATE ROLE \"" + place.replaceAll("\\W", "_") + "\"");
        refused(
                url,
                place.replaceAll("\\W", "_"),
                "fusewire.store.user, fusewire.store.password: PostgreSQL refused them at " + place);
    }

    @Test
    void a_database_that_is_not_there_is_refused() {
        refused(
                url + "_not",
                Postgres.USER,
                "fusewire.store.url: there is no such database at " + place + "_not; create it");
    }

    @Test
    void a_user_that_may_not_create_tables_is_refused() {
        String user = place.replaceAll("\\W", "_") + "_reader";
        Postgres.execute(url, "CREATE ROLE \"" + user + "\" LOGIN");
        refused(
                url,
                user,
                "fusewire.store.user: may not create the store's tables at " + place
                        + "; grant it CREATE on the database, or on a schema that currentSchema in the URL names");
        assertThat(Postgres.rows(url, "SELECT nspname FROM pg_namespace WHERE nspname = 'fusewire'"))
                .isEmpty();
    }

    @Test
    void a_schema_that_is_somebody_elses_is_refused() {
        Postgres.execute(url, "CREATE TABLE public.orders (id INTEGER)");
        refused(
                url + "?currentSchema=public",
                Postgres.USER,
                "fusewire.store.url: the schema public is not Fusewire's: it holds the tables orders; name a place of"
                        + " its own");
        assertThat(Postgres.rows(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
                .containsExactly("orders");
    }

    @Test
    void a_newer_schema_and_an_older_one_are_refused() {
        open(url, Postgres.USER).close();
        Postgres.execute(url, "UPDATE fusewire.schema_version SET version = 99");
        refused(
                url,
                Postgres.USER,
                "fusewire.store.url: the schema fusewire was made by a newer Fusewire (schema 99, this one knows 8);"
                        + " run that one, or name another place");
        Postgres.execute(url, "UPDATE fusewire.schema_version SET version = 1");
        refused(
                url,
                Postgres.USER,
                "fusewire.store.url: the schema fusewire was made by an older Fusewire (schema 1, this one knows 4 to 8);"
                        + " name another place, and let the old one empty its own first");
    }

    @Test
    void a_commit_is_on_disk_where_the_database_says_that_it_need_not_be() {
        String database = place.substring(place.indexOf('/') + 1);
        Postgres.execute(url, "ALTER DATABASE " + database + " SET synchronous_commit = off");
        try (Store store = open(url, Postgres.USER)) {
            assertThat(store.read(PostgresOpenerTest::synchronousCommit)).isEqualTo("on");
        }
    }

    private static String synchronousCommit(Session session) throws SQLException {
        try (Statement statement = session.connection().createStatement();
                ResultSet row = statement.executeQuery("SHOW synchronous_commit")) {
            return row.next() ? row.getString(1) : "";
        }
    }

    private static void refused(String url, String user, String sentence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(url, user))
                .withMessage(sentence)
                .withMessageNotContaining(PASSWORD);
    }

    /** What is wrong for good is told at once. */
    private static Store open(String url, String user) {
        return open(url, user, Duration.ofMinutes(10));
    }

    private static Store open(String url, String user, Duration wait) {
        return Store.shared(new PostgresLocation(url, user, PASSWORD), 3, Duration.ofSeconds(5), wait);
    }

    /** A port at which a server answers from now on. */
    private static final class Forwarder {
        private final ServerSocket port;
        private final int server;

        Forwarder(int port, int server) throws IOException {
            this.port = new ServerSocket(port);
            this.server = server;
            daemon(this::accept);
        }

        private void accept() {
            try {
                while (true) {
                    Socket in = port.accept();
                    Socket out = new Socket("localhost", server);
                    copy(in, out);
                    copy(out, in);
                }
            } catch (IOException e) {
                // Closed.
            }
        }

        private static void copy(Socket from, Socket to) {
            daemon(() -> {
                try (from;
                        to) {
                    from.getInputStream().transferTo(to.getOutputStream());
                } catch (IOException e) {
                    // One of them is gone.
                }
            });
        }

        private static void daemon(Runnable task) {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            thread.start();
        }

        void close() throws IOException {
            port.close();
        }
    }
}
