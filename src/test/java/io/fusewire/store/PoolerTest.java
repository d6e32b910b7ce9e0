package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fusewire.testing.Pooler;
import io.fusewire.testing.Postgres;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real PgBouncer between the gateway and PostgreSQL: it works, or a sentence says what to change. */
class PoolerTest {
    private static final String TABLES =
            "SELECT DISTINCT schemaname FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')";

    private final String url = Postgres.database();

    @BeforeEach
    void assumeInstalled() {
        assumeThat(Pooler.isInstalled()).as("apt-get install pgbouncer").isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ignore_startup_parameters = search_path,options"})
    void a_session_of_its_own_is_enough_and_the_tables_are_where_the_url_says(String more) throws IOException {
        try (Pooler pooler = Pooler.of(url, "session", more)) {
            open(pooler.url()).close();
            assertThat(Postgres.rows(url, TABLES)).containsExactly("fusewire");
            try (Store store = open(pooler.url() + "?currentSchema=mine")) {
                assertThat(store.read(PoolerTest::path)).isEqualTo("\"mine\"");
            }
            assertThat(Postgres.rows(url, TABLES)).containsExactlyInAnyOrder("fusewire", "mine");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "server_round_robin = 1"})
    void another_session_for_each_transaction_is_refused(String more) throws IOException {
        try (Pooler pooler = Pooler.of(url, "transaction", more)) {
            refused(
                    pooler,
                    "",
                    "it gives each transaction another session; set pool_mode = session for this database, or name"
                            + " PostgreSQL itself");
        }
    }

    @Test
    void another_session_for_each_statement_is_refused() throws IOException {
        try (Pooler pooler = Pooler.of(url, "statement", "")) {
            refused(pooler, "", "FATAL: transaction blocks not allowed in statement pooling mode");
        }
    }

    @Test
    void a_parameter_that_it_does_not_take_is_named() throws IOException {
        try (Pooler pooler = Pooler.of(url, "session", "")) {
            refused(pooler, "?options=-c%20jit%3Doff", "FATAL: unsupported startup parameter: options");
        }
    }

    @Test
    void a_pooler_whose_connections_are_all_taken_is_told_from_a_server_that_is_away() throws IOException {
        try (Pooler pooler = Pooler.of(url, "session", "default_pool_size = 1")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> open(pooler.url(), Duration.ZERO))
                    .withMessageEndingWith(
                            " in time: it hangs, or is a pooler whose connections are all taken (PgBouncer's"
                                    + " default_pool_size must cover fusewire.store.connections of every gateway, and a"
                                    + " command's)");
        }
    }

    private void refused(Pooler pooler, String parameters, String why) {
        String place = pooler.url().substring("jdbc:postgresql://".length());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(pooler.url() + parameters))
                .withMessage("fusewire.store.url: the pooler at " + place + " cannot be used: " + why);
        assertThat(Postgres.rows(url, TABLES)).isEmpty();
    }

    private static String path(Session session) throws SQLException {
        try (Statement statement = session.connection().createStatement();
                ResultSet row = statement.executeQuery("SHOW search_path")) {
            return row.next() ? row.getString(1) : "";
        }
    }

    private static Store open(String url) {
        return open(url, Duration.ofMinutes(1));
    }

    private static Store open(String url, Duration wait) {
        return Store.shared(new PostgresLocation(url, Postgres.USER, ""), 3, Duration.ofSeconds(5), wait);
    }
}
