package io.fusewire.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a PostgreSQL: reads what it holds, makes the tables where there are none, says in a sentence what is wrong. */
final class PostgresOpener {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresOpener.class);
    private static final String HOST_SCHEMA = "fusewire";
    private static final int ONE_AT_A_TIME = 0x46555345;

    /**
     * The queues' statements go by an index. The planner sees a queue when it is all but empty, thinks that reading the
     * whole table is as good, and keeps that plan while ended rows pile up.
     */
    private static final String BY_INDEX =
            "SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off";

    /** Seconds after which we don't wait for a statement any more, and the server ends it too. */
    private static final int PATIENCE = 10;

    private static final int LONGEST_MIGRATION = (int) Duration.ofHours(1).toMillis();

    private static final String SESSION = BY_INDEX + "; SET statement_timeout = '" + PATIENCE + "s'";

    private PostgresOpener() {}

    /**
     * Connects, and makes the tables where there are none.
     *
     * @param connections the most connections at once
     * @param patience how long to wait for a connection
     * @param startTimeout how long to wait for a server that does not answer yet
     * @throws IllegalArgumentException in one sentence without secrets, when it can't be used; nothing is changed then
     */
    static PostgresDatabase open(PostgresLocation store, int connections, Duration patience, Duration startTimeout) {
        Properties properties = properties(store);
        FirstConnection first = new FirstConnection(store, startTimeout);
        HikariConfig config = new HikariConfig();
        try (Connection connection = first.open(properties)) {
            PoolingMode.check(connection, () -> first.open(properties));
            config.setConnectionInitSql(session(connection, store.schema()));
        } catch (SQLException e) {
            throw store.unusable(e);
        }
        config.setJdbcUrl(store.driverUrl());
        config.setDataSourceProperties(properties);
        return pool(config, connections, patience);
    }

    /** Connects and changes nothing; the same sentences. */
    static void reach(PostgresLocation store) {
        try (Connection connection = new FirstConnection(store, Duration.ZERO).open(properties(store));
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(path(store.schema(), true));
            Schema.missing(found(statement), "fusewire.store.url: the schema " + store.schema());
            connection.rollback();
        } catch (SQLException e) {
            throw store.unusable(e);
        }
    }

    /** The same in a host's database. */
    static PostgresDatabase open(DataSource host, int connections, Duration patience) {
        DataSource lent = new HostDataSource(host);
        HikariConfig config = new HikariConfig();
        try (Connection connection = lent.getConnection()) {
            config.setConnectionInitSql(session(connection, HOST_SCHEMA));
        } catch (SQLException e) {
            throw new IllegalArgumentException("The host's DataSource cannot hold the store: " + e.getMessage(), e);
        }
        config.setDataSource(lent);
        return pool(config, connections, patience);
    }

    /** What each connection begins with. */
    private static String session(Connection connection, String schema) throws SQLException {
        prepare(connection, schema);
        if (isSet(connection, "fsync", "off")) {
            LOG.warn("PostgreSQL runs with fsync off: a crash of its machine can lose what was answered 200.");
        }
        boolean forgetful = isSet(connection, "synchronous_commit", "off");
        connection.commit();
        String session = SESSION + "; " + path(schema, false);
        return forgetful ? session + "; SET synchronous_commit = on" : session;
    }

    /** As a statement and not as a start-up parameter of the connection, which poolers refuse or drop. */
    private static String path(String schema, boolean forTheTransaction) {
        return "SELECT set_config('search_path', '" + quoted(schema).replace("'", "''") + "', " + forTheTransaction
                + ")";
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static PostgresDatabase pool(HikariConfig config, int connections, Duration patience) {
        config.setPoolName("fusewire-store");
        config.setAutoCommit(false);
        // Else the session's settings would go with the first transaction that is rolled back.
        config.setIsolateInternalQueries(true);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(patience.toMillis());
        config.setValidationTimeout(Math.min(1_000, patience.toMillis()));
        config.setInitializationFailTimeout(-1);
        config.setExceptionOverride(new LostSession());
        return new PostgresDatabase(new HikariDataSource(config));
    }

    /** Seconds: a server that hangs is given up. */
    private static Properties properties(PostgresLocation store) {
        Properties properties = new Properties();
        properties.setProperty("user", store.user());
        properties.setProperty("password", store.password());
        // Of several hosts the one that takes writes, and of one none that doesn't, until it does again.
        properties.setProperty("targetServerType", "primary");
        properties.setProperty("hostRecheckSeconds", "2");
        properties.setProperty("ApplicationName", "fusewire");
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("socketTimeout", String.valueOf(PATIENCE));
        properties.setProperty("tcpKeepAlive", "true");
        return properties;
    }

    private static void prepare(Connection connection, String schema) throws SQLException {
        connection.setAutoCommit(false);
        if (isSet(connection, "transaction_read_only", "on")) {
            throw new SQLException("it only reads", FirstConnection.READ_ONLY);
        }
        try (Statement statement = connection.createStatement()) {
            // Within this transaction whatever is made is made there, whoever stands between.
            statement.execute(path(schema, true));
            statement.execute("SELECT pg_advisory_xact_lock(" + ONE_AT_A_TIME + ")");
            String where = "fusewire.store.url: the schema " + schema;
            if (text(statement, "SELECT current_schema()") == null) {
                statement.execute("CREATE SCHEMA " + quoted(schema));
            }
            List<String> scripts = Schema.missing(found(statement), where);
            if (!scripts.isEmpty()) {
                // An index over many events takes longer than a statement of the queues may.
                int before = connection.getNetworkTimeout();
                connection.setNetworkTimeout(Runnable::run, LONGEST_MIGRATION);
                try {
                    Schema.run(scripts, statement, "postgresql");
                } finally {
                    connection.setNetworkTimeout(Runnable::run, before);
                }
                statement.execute("INSERT INTO schema_version VALUES (" + Schema.VERSION + ")");
            }
            connection.commit();
        }
    }

    private static boolean isSet(Connection connection, String setting, String value) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return value.equals(text(statement, "SHOW " + setting));
        }
    }

    private static Schema.Found found(Statement statement) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet row = statement.executeQuery(
                "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()" + " ORDER BY tablename")) {
            while (row.next()) {
                tables.add(row.getString(1));
            }
        }
        boolean ours = tables.contains("schema_version");
        String version = ours ? text(statement, "SELECT max(version) FROM schema_version") : "0";
        return new Schema.Found(Integer.parseInt(version == null ? "0" : version), tables);
    }

    private static String text(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getString(1) : null;
        }
    }
}
