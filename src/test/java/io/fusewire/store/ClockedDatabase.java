package io.fusewire.store;

import io.fusewire.store.Inbox.NewEvent;
import io.fusewire.store.Inbox.NewEvent.Kept;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;

/** A database by a clock of the test's. */
record ClockedDatabase(Database database, InstantSource clock) implements Database {

    @Override
    public long now(Session session) {
        return clock.millis();
    }

    @Override
    public String dialect() {
        return database.dialect();
    }

    @Override
    public Connection connect() throws SQLException {
        return database.connect();
    }

    @Override
    public void begin(Session session) throws SQLException {
        database.begin(session);
    }

    @Override
    public void snapshot(Session session) throws SQLException {
        database.snapshot(session);
    }

    @Override
    public void commit(Session session) throws SQLException {
        database.commit(session);
    }

    @Override
    public void rollback(Session session) throws SQLException {
        database.rollback(session);
    }

    @Override
    public List<Kept> keep(Session session, List<NewEvent> arrivals) throws SQLException {
        return database.keep(session, arrivals);
    }

    @Override
    public void close() {
        database.close();
    }
}
