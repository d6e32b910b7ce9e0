package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.store.OwnLog.Place;
import io.fusewire.store.PendingEvents.ClaimedEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store of an earlier version is brought up to date at the start, and loses nothing. */
@OnEachDatabase
class MigrationTest {
    private static final List<String> KEYS = List.of(
            "trace.created|timestamp=2026-11-28T10:00:00.123Z|body=ab",
            "trace.created|timestamp=2026-11-28T10:00:00Z|body=ab",
            "monitor-alert|project=p|monitor=m|severity=ALERT|timestamp=2026-11-28T10:00:00.123456789+02:00",
            "score.created|timestamp=1764547200123|body=ab",
            "score.created|timestamp=yesterday|body=12",
            "score.created|timestamp=|body=12",
            "prompt-version|id=timestamp=5",
            "prompt-version|id=2026",
            "event|sha256=00");

    @RegisterExtension
    final StoreFixture fixture = new StoreFixture();

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6, 7})
    void what_an_earlier_version_held_is_still_there_and_known(int version) throws SQLException {
        fixture.replaceByVersion(version);
        execute(
                "INSERT INTO event (key, source, type, received_at, body) VALUES ('waits', 'default', 't', 1, 'a')",
                "INSERT INTO event (key, source, type, received_at, body) VALUES ('decided', 'default', 't', 2, 'b')",
                "INSERT INTO event (key, source, type, received_at, body) VALUES ('last', 'default', 't', 2, 'b')",
                "INSERT INTO pending_event (event_id) SELECT id FROM event WHERE key IN ('waits', 'last')",
                "INSERT INTO decided (event_id, alerts) SELECT id, 1 FROM event WHERE key = 'decided'",
                "INSERT INTO destination (sink, name) VALUES ('slack', 'default')",
                "INSERT INTO delivery (event_id, sink, destination, rule, severity, resolve, incident, state, since, due_at)"
                        + " SELECT id, 'slack', 'default', 'r', 'info', 0, 'i', 'waiting', 2, 2 FROM event"
                        + " WHERE key = 'decided'");
        fixture.restart();
        assertThat(fixture.add("waits")).isFalse();
        assertThat(fixture.add("waits", "another")).isTrue();
        assertThat(judgedAll()).containsExactlyInAnyOrder("waits of default", "waits of another", "last of default");
        assertThat(fixture.deliveries.claim("slack", true, Duration.ZERO, StoreFixture.LEASE))
                .hasValueSatisfying(delivery -> {
                    assertThat(delivery.event().key()).isEqualTo("decided");
                    assertThat(delivery.news())
                            .as("a message of its own stays one")
                            .isNull();
                });
        assertThat(new Reconciliation(fixture.store).verify().holds()).isTrue();
    }

    @Test
    void each_key_gets_the_identity_that_it_would_have_today() throws SQLException {
        fixture.replaceByVersion(7);
        for (String key : KEYS) {
            execute("INSERT INTO event (key, source, type, received_at, body) VALUES ('" + key
                    + "', 'default', 't', 1, 'a')");
        }
        fixture.restart();
        String hex = fixture.isSqlite() ? "lower(hex(identity))" : "encode(identity, 'hex')";
        assertThat(fixture.rows("SELECT " + hex + " FROM event ORDER BY id"))
                .isEqualTo(KEYS.stream()
                        .map(key ->
                                HexFormat.of().formatHex(EventIdentity.of(key).bytes()))
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6, 7, 8})
    void a_store_that_was_brought_up_to_date_is_made_like_a_new_one(int version) {
        List<String> fresh = shape();
        fixture.replaceByVersion(version);
        assertThat(shape()).isNotEqualTo(fresh);
        fixture.restart();
        assertThat(shape()).isEqualTo(fresh);
        fixture.restart();
        assertThat(shape()).isEqualTo(fresh);
    }

    /** Those of the log that was there, those of this node's own, and those that came before what was decided. */
    private List<String> judgedAll() {
        List<ClaimedEvent> judged = new ArrayList<>();
        Set<Place> logs = new LinkedHashSet<>(
                fixture.isSqlite() ? List.<Place>of() : fixture.pending.logs().takeOver(StoreFixture.LEASE));
        fixture.pending.ownLog().place().ifPresent(logs::add);
        for (Place log : logs) {
            List<ClaimedEvent> pending = fixture.pending.after(log, 10);
            fixture.pending.settle(
                    log, pending.stream().map(StoreFixture::decision).toList(), StoreFixture.LEASE);
            judged.addAll(pending);
        }
        for (ClaimedEvent again : fixture.pending.replays().claim(10, StoreFixture.LEASE)) {
            fixture.pending.replays().settle(StoreFixture.decision(again));
            judged.add(again);
        }
        return judged.stream()
                .map(claimed -> claimed.event().key() + " of " + claimed.event().source())
                .toList();
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
