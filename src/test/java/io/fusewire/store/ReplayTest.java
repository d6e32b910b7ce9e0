package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fusewire.error.StoreUnavailableException;
import io.fusewire.store.PendingEvents.ClaimedEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** However many dead letters a sink has, their replay keeps nobody from the store for long. */
@OnEachDatabase
class ReplayTest {
    private static final int MANY = 2_300;

    @RegisterExtension
    final StoreFixture fixture = new StoreFixture();

    @BeforeEach
    void many() throws SQLException {
        execute("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + MANY + ")"
                + " INSERT INTO event (identity, key, source, type, received_at, body" + log(", log")
                + ") SELECT " + fixture.bytes("'e' || i") + ", 'e' || i, 'default', 't', 1, '{}'"
                + log(", 1") + " FROM n");
        for (String sink : new String[] {"slack", "rules"}) {
            execute(
                    "INSERT INTO delivery (event_id, sink, destination, rule, severity, resolve, incident, state, since,"
                            + " due_at, ended_at) SELECT id, '" + sink
                            + "', 'default', 'r', 'info', 0, '', 'dead', 1, 1, 1 FROM event"
                            + " ORDER BY id");
        }
        fixture.restart();
        fixture.add("so that there is a log");
        execute("UPDATE event_log SET judged = 1000000, decided = " + (MANY + 1) + ", wanted = " + MANY + ", alerts = "
                + MANY);
    }

    @Test
    void all_are_replayed_and_counted_at_the_rate_that_is_set() {
        assertThat(fixture.deadLetters.replayAll("slack", 10)).isEqualTo(MANY);
        assertThat(fixture.deadLetters.replayAll("slack", 10)).isZero();
        assertThat(fixture.rows("SELECT count(DISTINCT due_at) FROM delivery WHERE state = 'waiting' AND replays = 1"))
                .containsExactly(String.valueOf(MANY));
        assertThat(fixture.rows("SELECT max(due_at) - min(due_at) FROM delivery WHERE state = 'waiting'"))
                .containsExactly(String.valueOf((MANY - 1) * 100));
        assertThat(fixture.rows("SELECT count(*) FROM delivery WHERE sink = 'rules' AND state = 'dead'"))
                .containsExactly(String.valueOf(MANY));
        assertThat(new Reconciliation(fixture.store).verify().holds()).isTrue();
    }

    @Test
    void the_rules_run_again_for_all_events_that_they_could_not_read() {
        assertThat(fixture.deadLetters.replayAll("rules", 10)).isEqualTo(MANY);
        fixture.clock.forward(Duration.ofHours(1));
        int again = 0;
        for (List<ClaimedEvent> page = replayed(); !page.isEmpty(); page = replayed()) {
            assertThat(page).allMatch(ClaimedEvent::replayed).hasSizeLessThanOrEqualTo(500);
            again += page.size();
        }
        assertThat(again).isEqualTo(MANY);
    }

    @Test
    void each_some_hundred_have_a_commit_of_their_own() throws SQLException {
        String last = fixture.rows("SELECT max(id) FROM delivery WHERE sink = 'slack'")
                .get(0);
        execute(
                fixture.isSqlite()
                        ? "CREATE TRIGGER stop BEFORE UPDATE ON delivery WHEN new.id = " + last
                                + " BEGIN SELECT RAISE(ABORT, 'stop'); END"
                        : "ALTER TABLE delivery ADD CONSTRAINT stop CHECK (id <> " + last + " OR state = 'dead')");
        assertThatThrownBy(() -> fixture.deadLetters.replayAll("slack", 10))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(fixture.rows("SELECT count(*) FROM delivery WHERE sink = 'slack' AND state = 'waiting'"))
                .containsExactly("2000");
        execute(fixture.isSqlite() ? "DROP TRIGGER stop" : "ALTER TABLE delivery DROP CONSTRAINT stop");
        assertThat(fixture.deadLetters.replayAll("slack", 10)).isEqualTo(MANY - 2_000);
    }

    private List<ClaimedEvent> replayed() {
        return fixture.pending.replays().claim(500, StoreFixture.LEASE);
    }

    /** What only PostgreSQL's table has. */
    private String log(String column) {
        return fixture.isSqlite() ? "" : column;
    }

    private void execute(String statement) throws SQLException {
        try (Connection connection = fixture.connect();
                Statement executed = connection.createStatement()) {
            executed.executeUpdate(statement);
        }
    }
}
