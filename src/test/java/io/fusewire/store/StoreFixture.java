package io.fusewire.store;

import io.fusewire.error.UnreadableEventException;
import io.fusewire.event.Event;
import io.fusewire.event.EventReader;
import io.fusewire.store.Decision.AlertSpec;
import io.fusewire.store.Decision.Grouping;
import io.fusewire.store.Decision.IncidentChange;
import io.fusewire.store.Deliveries.Destinations;
import io.fusewire.store.OwnLog.Place;
import io.fusewire.store.PendingEvents.ClaimedEvent;
import io.fusewire.testing.FirstColumn;
import io.fusewire.testing.Postgres;
import io.fusewire.testing.TestClock;
import io.fusewire.testing.TestFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A store, its parts, and a second look at its tables; a new one for each test. */
final class StoreFixture implements BeforeEachCallback, AfterEachCallback {
    static final int MOST_OPEN = 5;
    private static final int OLDEST = 4;
    static final Duration LEASE = Duration.ofMinutes(5);
    static final CircuitPolicy PATIENT = new CircuitPolicy(5, Duration.ofSeconds(30), Duration.ofMinutes(5));

    private final TestFolder folder = new TestFolder();
    private final Duration commitTimeout;
    private Kind kind;
    private String url;

    final TestClock clock = TestClock.running();
    Store store;
    Inbox inbox;
    PendingEvents pending;
    Deliveries deliveries;
    Destinations destinations;
    DeadLetters deadLetters;
    /** What was done to incidents. */
    final List<IncidentChange> changes = new CopyOnWriteArrayList<>();

    private int joined;
    private Place place;
    private long taken;

    /** In a database of the kind that {@link OnEachDatabase} says. */
    StoreFixture() {
        this(Duration.ofSeconds(10));
    }

    StoreFixture(Duration commitTimeout) {
        this(null, commitTimeout);
    }

    StoreFixture(Kind kind) {
        this(kind, Duration.ofSeconds(10));
    }

    StoreFixture(Kind kind, Duration commitTimeout) {
        this.kind = kind;
        this.commitTimeout = commitTimeout;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (kind == null) {
            kind = OnEachDatabase.Kinds.of(context);
        }
        url = kind == Kind.SQLITE ? "jdbc:sqlite:" + folder().resolve("fusewire.db") : Postgres.database();
        open();
    }

    private void open() {
        store = kind == Kind.SQLITE
                ? Store.embedded(folder(), clock, commitTimeout)
                : Store.shared(ClockedDatabase.of(server(url, commitTimeout), clock), commitTimeout);
        inbox = new Inbox(store, new Backlog(store, 1_000_000));
        pending = new PendingEvents(store, MOST_OPEN, changes::add);
        deliveries = new Deliveries(store);
        destinations = new Destinations(store);
        deadLetters = new DeadLetters(store);
        place = null;
        taken = 0;
    }

    /** SQL that makes the bytes of a text, which do as an identity. */
    String bytes(String text) {
        return isSqlite() ? "CAST(" + text + " AS BLOB)" : "convert_to(" + text + ", 'UTF8')";
    }

    /**
     * Puts an empty store of an earlier version in the place of this one, which {@link #restart} then opens: the oldest, which
     * builds up to that version have brought up to it.
     */
    void replaceByVersion(int version) {
        store.close();
        String dialect = kind.name().toLowerCase(Locale.ROOT);
        List<String> upgrades = IntStream.rangeClosed(OLDEST + 1, version)
                .mapToObj(next -> "schema-" + next)
                .toList();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                InputStream oldest = getClass().getResourceAsStream("/stores/" + dialect + ".sql")) {
            List<String> tables = rows(
                    isSqlite()
                            ? "SELECT name FROM sqlite_master WHERE type = 'table'"
                            : "SELECT tablename FROM pg_tables WHERE schemaname = 'fusewire' ORDER BY tablename");
            for (String table : tables) {
                statement.execute("DROP TABLE " + table + (isSqlite() ? "" : " CASCADE"));
            }
            for (String part : new String(oldest.readAllBytes(), StandardCharsets.UTF_8).split(";")) {
                if (!part.isBlank()) {
                    statement.executeUpdate(part);
                }
            }
            Schema.run(upgrades, statement, dialect);
            statement.executeUpdate(
                    isSqlite()
                            ? "PRAGMA user_version = " + version
                            : "INSERT INTO schema_version VALUES (" + version + ")");
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Closes the store and opens it again, as after the end of its process. */
    void restart() {
        store.close();
        open();
    }

    /** Where SQLite's file lies. */
    Path folder() {
        return folder.path();
    }

    static Database server(String url, Duration patience) {
        return PostgresOpener.open(new PostgresLocation(url, Postgres.USER, ""), 10, patience, Duration.ZERO);
    }

    Instant now() {
        return clock.instant();
    }

    boolean add(String key) {
        return add(key, "default");
    }

    boolean add(String key, String source) {
        return stored(key, source).isNew();
    }

    Inbox.Stored stored(String key, String source) {
        return WriteStrategy.await(inbox.keep(event(key, source)));
    }

    boolean isSqlite() {
        return kind == Kind.SQLITE;
    }

    boolean knows(String key) {
        return !rows("SELECT key FROM event WHERE key = '" + key + "'").isEmpty();
    }

    /** Stores an event and takes it from the pending. */
    ClaimedEvent claimed(String key) {
        add(key);
        return next(1).get(0);
    }

    /** The events behind those that were taken, of the store's own log or of one that was there before. */
    List<ClaimedEvent> next(int most) {
        Place from = place();
        List<ClaimedEvent> next = pending.after(from.at(Math.max(taken, from.judged())), most);
        next.forEach(event -> taken = event.event().id());
        return next;
    }

    Place place() {
        if (place == null) {
            place = pending.ownLog()
                    .place()
                    .orElseGet(() -> pending.logs().takeOver(LEASE).get(0));
        }
        return place;
    }

    boolean settle(Decision decision) {
        return settle(List.of(decision));
    }

    /** In the order of their events. False where the lease was over, or they are decided. */
    boolean settle(List<Decision> decisions) {
        if (decisions.get(0).claimed().replayed()) {
            return decisions.stream().allMatch(pending.replays()::settle);
        }
        Optional<Place> moved = pending.settle(place(), decisions, LEASE);
        moved.ifPresent(there -> place = there);
        return moved.isPresent();
    }

    static Decision.Addressed alert(String sink, String destination, String incident, boolean resolve) {
        return new Decision.Addressed(sink, destination, "rule", "critical", resolve, incident, null);
    }

    static Decision decision(ClaimedEvent event, Decision.Addressed... alerts) {
        return new Decision(event, List.of(alerts), List.of(), null, null);
    }

    /** Alerts of a cause, each of an event of its own, that Slack is told of as an incident; it closes after 15 minutes. */
    void alarms(String cause, int count) {
        for (int i = 0; i < count; i++) {
            join(cause, false, null);
        }
    }

    /** @param silence what holds it, or null */
    void join(String cause, boolean resolve, Long silence) {
        Grouping grouping = new Grouping(
                List.of(), Duration.ZERO, Duration.ofMinutes(5), null, Duration.ofMinutes(15), false, null);
        settle(List.of(new Decision(
                claimed(cause + " " + joined++),
                List.of(),
                List.of(new Decision.Joined(
                        new AlertSpec("rule", "error", resolve, grouping),
                        new Decision.Cause(cause, "further", "default", "p1", Map.of()),
                        clock.millis(),
                        "text",
                        null,
                        silence,
                        List.of(alert("slack", "default", cause, resolve)))),
                null,
                null)));
    }

    /** One waiting alert for a sink, of an event of its own. */
    void queue(String key, String sink, String destination, String incident) {
        settle(decision(claimed(key), alert(sink, destination, incident, false)));
    }

    /** The first column of each row, read on another connection. */
    List<String> rows(String query) {
        return FirstColumn.of(this::connect, query);
    }

    Connection connect() throws SQLException {
        return url.startsWith("jdbc:sqlite")
                ? DriverManager.getConnection(url)
                : DriverManager.getConnection(url + "?currentSchema=fusewire", Postgres.USER, "");
    }

    private static Event event(String key, String source) {
        String body = "{\"event\":\"trace.updated\",\"id\":\"" + key + "\",\"data\":{\"traceId\":\"t\"}}";
        try {
            Event read = new EventReader().read(body.getBytes(StandardCharsets.UTF_8), source);
            return new Event(key, read.source(), read.body(), read.json(), read.labels());
        } catch (UnreadableEventException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        store.close();
        folder.close();
    }
}
