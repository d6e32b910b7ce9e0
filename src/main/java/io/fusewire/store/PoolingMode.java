package io.fusewire.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/**
 * Whether a pooler between us and PostgreSQL leaves each of our connections its session. One that gives each transaction
 * another session (PgBouncer's {@code pool_mode = transaction}) would lose the schema, the planner's settings and
 * {@code synchronous_commit} of it, and is refused.
 */
final class PoolingMode {
    /** A protocol violation: the SQLSTATE of whatever PgBouncer refuses. */
    static final String UNFIT = "08P01";

    /** A busy pooler may by chance give the same session again. */
    private static final int TRIES = 5;

    /** Opens another connection to the same place. */
    interface Opening {
        Connection open() throws SQLException;
    }

    private PoolingMode() {}

    /**
     * Asks for nothing more where PostgreSQL itself answers.
     *
     * @param connection on which autocommit is on
     * @throws SQLException {@link #UNFIT} when sessions change hands
     */
    static void check(Connection connection, Opening opening) throws SQLException {
        // A pooler makes up what it tells the driver: the number of no process.
        if (connection.unwrap(PGConnection.class).getBackendPID() == session(connection)) {
            return;
        }
        try (Connection other = opening.open()) {
            other.setAutoCommit(false);
            for (int i = 0; i < TRIES; i++) {
                int before = session(connection);
                int taken = session(other);
                int after = session(connection);
                other.rollback();
                if (taken == before || after != before) {
                    throw new SQLException(
                            "it gives each transaction another session; set pool_mode = session for this database,"
                                    + " or name PostgreSQL itself",
                            UNFIT);
                }
            }
        }
    }

    private static int session(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }
}
