package io.fusewire.store;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * After which errors the pool throws a connection away, beside those that it knows itself (class 08 and some of class
 * 57): its server has become a standby or only reads, is stopping or starting, or has ended the session or forgotten what
 * was prepared in it. Else it would be handed out again and again. Thread-safe.
 */
final class LostSession implements SQLExceptionOverride {
    private static final String IDLE_IN_TRANSACTION = "25P03";
    private static final String PREPARED_STATEMENT_IS_GONE = "26000";

    @java.lang.Override
    public Override adjudicate(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        boolean lost = state.equals(FirstConnection.READ_ONLY)
                || state.equals(IDLE_IN_TRANSACTION)
                || state.equals(PREPARED_STATEMENT_IS_GONE)
                || state.startsWith("57P");
        return lost ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
