package io.fusewire.store;

import io.fusewire.store.Inbox.NewEvent;
import io.fusewire.store.Inbox.NewEvent.Kept;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What differs between the databases that can hold the store, beside the text of some statements. Thread-safe. */
interface Database extends AutoCloseable {
    /** The folder of its own statements, below {@code sql}. */
    String dialect();

    /** A connection that its user closes. */
    Connection connect() throws SQLException;

    /** The store's time in milliseconds since 1970: one clock for all who share the database. */
    long now(Session session) throws SQLException;

    /** Begins a transaction that may write. */
    void begin(Session session) throws SQLException;

    /** Begins a transaction that only reads, all of it as of one moment. */
    void snapshot(Session session) throws SQLException;

    void commit(Session session) throws SQLException;

    void rollback(Session session) throws SQLException;

    /** Stores each event in the node's log, in their order; for each, in their order, what became of it. */
    List<Kept> keep(Session session, List<NewEvent> arrivals, OwnLog log) throws SQLException;

    @Override
    void close();
}
