package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.store.PendingEvents.ClaimedEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store of an earlier version is brought up to date at the start, and loses nothing. */
@OnEachDatabase
class MigrationTest {
    @RegisterExtension
    final StoreFixture fixture = new StoreFixture();

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6})
    void what_an_earlier_version_held_is_still_there_and_known(int version) throws SQLException {
        fixture.replaceByVersion(version);
        execute(
                "INSERT INTO event (key, source, type, received_at, body) VALUES ('waits', 'default', 't', 1, 'a')",
                "INSERT INTO event (key, source, type, received_at, body) VALUES ('decided', 'default', 't', 2, 'b')",
                "INSERT INTO pending_event (event_id) SELECT id FROM event WHERE key = 'waits'",
                "INSERT INTO decided (event_id, alerts) SELECT id, 1 FROM event WHERE key = 'decided'",
                "INSERT INTO destination (sink, name) VALUES ('slack', 'default')",
                "INSERT INTO delivery (event_id, sink, destination, rule, severity, resolve, incident, state, since, due_at)"
                        + " SELECT id, 'slack', 'default', 'r', 'info', 0, 'i', 'waiting', 2, 2 FROM event"
                        + " WHERE key = 'decided'");
        fixture.restart();
        assertThat(fixture.add("waits")).isFalse();
        assertThat(fixture.add("waits", "another")).isTrue();
        List<ClaimedEvent> pending = fixture.pending.claim(10, StoreFixture.LEASE);
        assertThat(pending)
                .extracting(claimed ->
                        claimed.event().key() + " of " + claimed.event().source())
                .containsExactly("waits of default", "waits of another");
        fixture.pending.settle(pending.stream().map(StoreFixture::decision).toList());
        assertThat(fixture.deliveries.claim("slack", true, Duration.ZERO, StoreFixture.LEASE))
                .hasValueSatisfying(delivery -> {
                    assertThat(delivery.event().key()).isEqualTo("decided");
                    assertThat(delivery.news())
                            .as("a message of its own stays one")
                            .isNull();
                });
        assertThat(new Reconciliation(fixture.store).verify().holds()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6})
    void a_store_that_was_brought_up_to_date_is_made_like_a_new_one(int version) {
        List<String> fresh = shape();
        fixture.replaceByVersion(version);
        assertThat(shape()).isNotEqualTo(fresh);
        fixture.restart();
        assertThat(shape()).isEqualTo(fresh);
        fixture.restart();
        assertThat(shape()).isEqualTo(fresh);
    }

    /** The tables as the database tells them, and the version. */
    private List<String> shape() {
        return fixture.isSqlite()
                ? fixture.rows("SELECT replace(sql, '\"', '') FROM sqlite_master WHERE sql IS NOT NULL"
                        + " UNION ALL SELECT user_version FROM pragma_user_version ORDER BY 1")
                : fixture.rows("SELECT indexdef FROM pg_indexes WHERE schemaname = 'fusewire' UNION ALL"
                        + " SELECT table_name || ' ' || column_name || ' ' || data_type || ' ' || is_nullable"
                        + " FROM information_schema.columns WHERE table_schema = 'fusewire'"
                        + " UNION ALL SELECT version::text FROM schema_version ORDER BY 1");
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = fixture.connect();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.executeUpdate(each);
            }
        }
    }
}
