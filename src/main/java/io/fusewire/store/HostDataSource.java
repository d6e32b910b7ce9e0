package io.fusewire.store;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * A host's PostgreSQL connections. Before one goes back, the session's settings
 * become the host's again. Thread-safe.
 */
final class HostDataSource implements DataSource {
    private static final String GIVE_BACK = "RESET enable_seqscan; RESET enable_hashjoin; RESET enable_mergejoin;"
            + " RESET statement_timeout; RESET synchronous_commit; RESET search_path";

    private final DataSource host;

    HostDataSource(DataSource host) {
        this.host = host;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection lent = host.getConnection();
        try {
            String product = lent.getMetaData().getDatabaseProductName();
            if (!product.equals("PostgreSQL")) {
                throw new SQLException("it is " + product + ", and a store lies in PostgreSQL, or without a DataSource"
                        + " in fusewire.data-folder");
            }
            lent.setAutoCommit(true);
            return ours(lent);
        } catch (SQLException e) {
            lent.close();
            throw e;
        }
    }

    private static Connection ours(Connection lent) {
        return (Connection) Proxy.newProxyInstance(
                HostDataSource.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("close") && !lent.isClosed()) {
                        giveBack(lent);
                    }
                    try {
                        return method.invoke(lent, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** One that is broken can't be given back in order; the host's pool finds that out too. */
    private static void giveBack(Connection lent) throws SQLException {
        if (lent.isValid(1)) {
            if (!lent.getAutoCommit()) {
                lent.rollback();
                lent.setAutoCommit(true);
            }
            execute(lent, GIVE_BACK);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("the host knows whom it connects as");
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return host.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        host.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) {
        // Hikari sets ours on every DataSource that it is given; the host's has its own.
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return host.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return host.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return host.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return host.isWrapperFor(type);
    }
}
