package io.fusewire.store;

import io.fusewire.error.UnreadableEventException;
import io.fusewire.event.Event;
import io.fusewire.event.EventReader;
import io.fusewire.testing.Postgres;
import io.fusewire.testing.SettableClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A store, its parts, and a second look at its tables. */
final class StoreFixture implements AutoCloseable {
    static final Duration LEASE = Duration.ofMinutes(5);

    private static final Map<Path, String> DATABASES = new ConcurrentHashMap<>();

    private final String place;
    final SettableClock clock = new SettableClock();
    final Store store;
    final Backlog backlog;
    final FakeInFlight inFlight = new FakeInFlight();
    final Inbox inbox;
    final PendingEvents pending;
    final Deliveries deliveries;
    final Destinations destinations;
    final DeadLetters deadLetters;

    StoreFixture(Kind kind, Path folder) {
        this(kind, folder, Duration.ofSeconds(10));
    }

    StoreFixture(Kind kind, Path folder, Duration patience) {
        this.place = kind == Kind.SQLITE
                ? "jdbc:sqlite:" + folder.resolve("fusewire.db")
                : DATABASES.computeIfAbsent(folder, any -> Postgres.database());
        this.store = kind == Kind.SQLITE
                ? Store.embedded(folder, clock, patience)
                : Store.shared(new ClockedDatabase(server(place, patience), clock), patience);
        this.backlog = new Backlog(store, 1_000_000);
        inbox = new Inbox(store, backlog, inFlight);
        pending = new PendingEvents(store);
        deliveries = new Deliveries(store);
        destinations = new Destinations(store);
        deadLetters = new DeadLetters(store);
    }

    static Database server(String url, Duration patience) {
        return PostgresOpener.open(new PostgresLocation(url, Postgres.USER, ""), 10, patience);
    }

    Instant now() {
        return clock.instant();
    }

    boolean add(String key) {
        return WriteStrategy.await(inbox.keep(event(key)));
    }

    boolean knows(String key) {
        return !rows("SELECT key FROM event WHERE key = '" + key + "'").isEmpty();
    }

    /** Stores an event and claims it from the pending. */
    ClaimedEvent claimed(String key) {
        add(key);
        return pending.claim(1, LEASE).get(0);
    }

    static Decision.Addressed alert(String sink, String destination, String incident, boolean resolve) {
        return new Decision.Addressed(sink, destination, "rule", "critical", resolve, incident, null);
    }

    static Decision decision(ClaimedEvent event, Decision.Addressed... alerts) {
        return new Decision(event, List.of(alerts), null, null);
    }

    /** One waiting alert for a sink, of an event of its own. */
    void queue(String key, String sink, String destination, String incident) {
        pending.settle(List.of(decision(claimed(key), alert(sink, destination, incident, false))));
    }

    /** The first column of each row, read on another connection. */
    List<String> rows(String query) {
        try (Connection connection = connect();
                ResultSet rows = connection.createStatement().executeQuery(query)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    Connection connect() throws SQLException {
        return place.startsWith("jdbc:sqlite")
                ? DriverManager.getConnection(place)
                : DriverManager.getConnection(place + "?currentSchema=fusewire", Postgres.USER, "");
    }

    private static Event event(String key) {
        String body = "{\"event\":\"trace.updated\",\"id\":\"" + key + "\",\"data\":{\"traceId\":\"t\"}}";
        try {
            Event read = new EventReader().read(body.getBytes(StandardCharsets.UTF_8), "default");
            return new Event(key, read.source(), read.body(), read.json(), read.labels());
        } catch (UnreadableEventException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
