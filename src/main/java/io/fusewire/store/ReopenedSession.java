package io.fusewire.store;

import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session that is opened when it is needed, and anew after it may have broken. One thread. */
final class ReopenedSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReopenedSession.class);

    /** Opens a session; called again after one broke. */
    interface Opening {
        Session open() throws SQLException;
    }

    private final Opening opening;
    private Session session;

    ReopenedSession(Opening opening) {
        this.opening = opening;
    }

    /** Begins a transaction, which the caller commits. */
    Session begin() throws SQLException {
        if (session == null) {
            session = opening.open();
        }
        session.begin();
        return session;
    }

    void rollback() {
        if (session != null) {
            try {
                session.rollback();
            } catch (SQLException e) {
                LOG.debug("A roll-back failed; the connection is opened anew", e);
                close();
            }
        }
    }

    /** The next transaction opens it anew. */
    @Override
    public void close() {
        if (session != null) {
            try {
                session.close();
            } catch (SQLException e) {
                LOG.debug("A connection did not close", e);
            }
            session = null;
        }
    }
}
