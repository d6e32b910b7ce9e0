package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fusewire.store.Session.Statements;
import io.fusewire.testing.Postgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is set for each session with PostgreSQL holds as long as the session, whatever is rolled back in it. */
class PostgresSessionTest {
    private final String url = Postgres.database();
    private PostgresDatabase server;

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void durability_is_on_after_a_first_transaction_that_failed() throws SQLException {
        Postgres.execute(
                url, "ALTER DATABASE " + url.substring(url.lastIndexOf('/') + 1) + " SET synchronous_commit = off");
        open();
        try (Session session = session()) {
            session.begin();
            assertThat(setting(session, "synchronous_commit")).isEqualTo("on");
            session.rollback();
            session.begin();
            assertThat(setting(session, "synchronous_commit")).isEqualTo("on");
            session.rollback();
        }
    }

    @Test
    void a_statement_that_nobody_waits_for_ends_but_a_reading_of_all_takes_its_time() throws SQLException {
        open();
        try (Session session = session()) {
            session.snapshot();
            assertThat(setting(session, "statement_timeout")).isEqualTo("10min");
            assertThat(session.connection().getNetworkTimeout()).isEqualTo(600_000);
            assertThat(session.connection().getTransactionIsolation())
                    .isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
            session.rollback();
        }
        try (Session next = session()) {
            next.begin();
            assertThat(setting(next, "statement_timeout")).isEqualTo("10s");
            assertThat(next.connection().getNetworkTimeout()).isEqualTo(10_000);
            next.rollback();
        }
    }

    /** As after a switch of primary and standby, in the sessions that outlive it. */
    @Test
    void a_connection_that_has_become_read_only_fails_once() throws SQLException {
        open();
        try (Session session = session()) {
            run(session, "SET default_transaction_read_only = on");
            session.connection().commit();
        }
        try (Session same = session()) {
            assertThatThrownBy(() -> run(same, "CREATE TABLE refused (id INTEGER)"))
                    .hasMessageContaining("read-only");
        }
        try (Session next = session()) {
            run(next, "CREATE TABLE written (id INTEGER)");
            next.connection().commit();
        }
        assertThat(Postgres.rows(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'fusewire'"))
                .contains("written")
                .doesNotContain("refused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"25006", "25P03", "26000", "57P01", "57P02", "57P03", "57P05", "08003", "08006", "08P01"})
    void a_session_that_is_lost_is_thrown_away(String state) throws SQLException {
        open();
        int before = backend();
        raise(state);
        assertThat(backend()).isNotEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "40001", "40P01", "42P01", "53100", "57014"})
    void a_session_in_which_only_a_statement_failed_is_kept(String state) throws SQLException {
        open();
        int before = backend();
        raise(state);
        assertThat(backend()).isEqualTo(before);
    }

    private int backend() throws SQLException {
        try (Session session = session();
                Statement statement = session.connection().createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    private void raise(String state) throws SQLException {
        try (Session session = session()) {
            assertThatThrownBy(() ->
                            run(session, "DO $$ BEGIN RAISE EXCEPTION 'as if' USING ERRCODE = '" + state + "'; END $$"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state));
        }
    }

    private static void run(Session session, String sql) throws SQLException {
        try (Statement statement = session.connection().createStatement()) {
            statement.execute(sql);
        }
    }

    private void open() {
        server = PostgresOpener.open(
                new PostgresLocation(url, Postgres.USER, ""), 1, Duration.ofSeconds(10), Duration.ZERO);
    }

    private Session session() throws SQLException {
        return new Session(server, new Statements(server.dialect()));
    }

    private static String setting(Session session, String name) throws SQLException {
        try (Statement statement = session.connection().createStatement();
                ResultSet row = statement.executeQuery("SHOW " + name)) {
            row.next();
            return row.getString(1);
        }
    }
}
