package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.store.Session.Statements;
import io.fusewire.testing.Postgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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
