package io.fusewire.store;

import io.fusewire.store.Inbox.NewEvent;
import io.fusewire.store.Inbox.NewEvent.Kept;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * The log that this node's new events go into, and how far it reaches: the rules, which have the newest of them in memory,
 * see by it what they have not. The store's writer moves it; any thread may read it.
 */
final class OwnLog implements GroupCommit.Batch<NewEvent, Kept> {
    /** The end of a log after a commit of which nobody knows whether it was made. */
    static final long UNKNOWN = -1;

    private static final Duration FIRST_LEASE = Duration.ofSeconds(10);
    private static final Comparator<NewEvent> ORDER =
            Comparator.comparing(NewEvent::key).thenComparing(NewEvent::source);

    /** Where it stands: what the node knew of it when it opened it. */
    record Opened(long id, long epoch, long judged) {}

    private final Database database;
    private volatile Opened open;
    private volatile long end;
    private volatile long left;
    private Opened opening;
    private long newest;
    private boolean inDoubt;

    /** One that is opened with the first event. */
    OwnLog(Database database) {
        this.database = database;
    }

    /** The only one of a database that one process has. */
    static OwnLog found(Database database, Session session) throws SQLException {
        OwnLog log = new OwnLog(database);
        session.query("log-own", row -> {
            log.open = new Opened(row.getLong(1), row.getLong(2), row.getLong(3));
            log.end = row.getLong(4);
            return log;
        });
        return log;
    }

    /** Null while there is none. */
    Opened open() {
        Opened last = open;
        return last == null || last.id == left ? null : last;
    }

    /** Another node judges the log: new events go into a new one. */
    void leave(long log) {
        left = log;
    }

    /** The newest event in it; {@link #UNKNOWN} while that isn't known. */
    long end() {
        return end;
    }

    /** One order for all nodes, or two that keep the same events would wait for one another. */
    @Override
    public Comparator<NewEvent> order() {
        return ORDER;
    }

    @Override
    public List<Kept> write(Session session, List<NewEvent> arrivals) throws SQLException {
        if (inDoubt) {
            end = UNKNOWN;
        }
        inDoubt = true;
        Opened last = open();
        opening = last == null ? opened(session) : last;
        newest = last == null ? opening.judged : end;
        return database.keep(session, arrivals, this);
    }

    private static Opened opened(Session session) throws SQLException {
        long until = session.now() + FIRST_LEASE.toMillis();
        return new Opened(
                session.first("log-open", row -> row.getLong(1), until).orElseThrow(), 1, 0);
    }

    /** Within the writer's transaction, the log that events go into. */
    long id() {
        return opening.id;
    }

    /** Within the writer's transaction: another node has ended the log, so that a new one is needed. */
    void reopen(Session session) throws SQLException {
        opening = opened(session);
        newest = 0;
    }

    /** Within the writer's transaction: the event is in it, behind the one before. */
    Kept kept(long event, long receivedAt) {
        Kept kept = new Kept(event, true, receivedAt, opening.id, newest);
        newest = event;
        return kept;
    }

    @Override
    public void committed() {
        end = newest;
        open = opening;
        inDoubt = false;
    }
}
