package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.store.Session.Statements;
import io.fusewire.testing.Postgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * PostgreSQL's plans for the queues' statements, made while a queue was all but empty: they are kept when it is long, so
 * none may look at each row of the queue for each row of a batch.
 */
class PlansTest {
    private final String url = Postgres.database();
    private final PostgresDatabase server =
            PostgresOpener.open(new PostgresLocation(url, Postgres.USER, ""), 2, Duration.ofSeconds(10), Duration.ZERO);

    @BeforeEach
    void remember_empty_queues() {
        for (String table : List.of("event", "event_log", "delivery")) {
            Postgres.execute(url, "VACUUM ANALYZE fusewire." + table);
        }
    }

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"log-after", "delivery-next", "backlog-events", "history-judged", "log-close"})
    void what_is_behind_a_place_is_found_by_it(String statement) throws SQLException {
        assertThat(plan(statement))
                .noneMatch(line -> line.contains("Seq Scan on event") && !line.contains("event_log"))
                .anyMatch(line -> line.contains("event_place"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"delivery-end", "delivery-later", "delivery-back", "delivery-renew", "delivery-lease"})
    void a_delivery_is_found_by_its_id(String statement) throws SQLException {
        assertThat(plan(statement)).anyMatch(line -> line.contains("using delivery_pkey"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"event-search", "event-mark"})
    void a_search_goes_back_by_the_numbers(String statement) throws SQLException {
        assertThat(plan(statement))
                .anyMatch(line -> line.contains("Index") && line.contains("Backward using event_pkey"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"events-known", "event-by-key", "history-key"})
    void a_key_is_found_by_its_identity(String statement) throws SQLException {
        assertThat(plan(statement))
                .noneMatch(line -> line.contains("Seq Scan on event"))
                .anyMatch(line -> line.contains("using event_identity_source_key"));
    }

    private static String nulls(int count) {
        return String.join(", ", Collections.nCopies(count, "NULL"));
    }

    /** The plan that is made without regard to the values. */
    private List<String> plan(String name) throws SQLException {
        String sql = new Statements("postgresql").get(name);
        int parameters = 0;
        while (sql.contains("?")) {
            sql = sql.replaceFirst("\\?", "\\$" + ++parameters);
        }
        List<String> plan = new ArrayList<>();
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL plan_cache_mode = force_generic_plan");
            statement.execute("PREPARE planned AS " + sql);
            try (ResultSet lines = statement.executeQuery(
                    "EXPLAIN EXECUTE planned" + (parameters == 0 ? "" : "(" + nulls(parameters) + ")"))) {
                while (lines.next()) {
                    plan.add(lines.getString(1));
                }
            }
            connection.rollback();
        }
        return plan;
    }
}
