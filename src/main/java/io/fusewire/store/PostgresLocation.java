package io.fusewire.store;

import java.net.SocketTimeoutException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a shared store is: properties {@code fusewire.store.url}, {@code .user} and {@code .password}.
 *
 * @param url {@code jdbc:postgresql://host:port/database}, with several hosts {@code host:port,host:port/database}; its
 *     parameters may hold secrets
 * @param password a secret
 */
public record PostgresLocation(String url, String user, String password) {
    private static final String PREFIX = "jdbc:postgresql://";
    private static final String SLOW = " in time: it hangs, or is a pooler whose connections are all taken (PgBouncer's"
            + " default_pool_size must cover fusewire.store.connections of every gateway, and a command's)";
    private static final String USUAL_SCHEMA = "fusewire";
    private static final Pattern SCHEMA = Pattern.compile("(?<=[?&])currentSchema=([^&]*)&?");

    /** @throws IllegalArgumentException when the URL is not one of PostgreSQL's; without the URL, which may hold secrets */
    public PostgresLocation {
        if (!url.startsWith(PREFIX)) {
            throw new IllegalArgumentException(
                    "fusewire.store.url does not begin with " + PREFIX + "; it is " + PREFIX + "host:5432/database");
        }
    }

    /** The hosts, their ports and the database: what may be shown. */
    String place() {
        return url.substring(PREFIX.length()).replaceFirst("\\?.*", "");
    }

    /** The name of the tables' schema: the first that {@code currentSchema} in the URL names, or the usual one. */
    String schema() {
        Matcher named = SCHEMA.matcher(url);
        String first = named.find()
                ? URLDecoder.decode(named.group(1), StandardCharsets.UTF_8)
                        .split(",", 2)[0]
                        .strip()
                : USUAL_SCHEMA;
        // As PostgreSQL reads a name: it keeps capitals within quotes alone.
        return first.matches("\".+\"")
                ? first.substring(1, first.length() - 1).replace("\"\"", "\"")
                : first.isEmpty() ? USUAL_SCHEMA : first.toLowerCase(Locale.ROOT);
    }

    /** For the driver: without the schema, which it would send as a start-up parameter, and poolers refuse those or drop them. */
    String driverUrl() {
        return SCHEMA.matcher(url).replaceAll("").replaceFirst("[?&]$", "");
    }

    /** Why it cannot be used, in a sentence. By SQLSTATE: PostgreSQL's manual lists them in appendix A. */
    IllegalArgumentException unusable(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        String sentence;
        if (state.startsWith("28")) {
            sentence = "fusewire.store.user, fusewire.store.password: PostgreSQL refused them at " + place();
        } else if (state.equals("3D000")) {
            sentence = "fusewire.store.url: there is no such database at " + place() + "; create it";
        } else if (state.equals("42501")) {
            sentence = "fusewire.store.user: may not create the store's tables at " + place()
                    + "; grant it CREATE on the database, or on a schema that currentSchema in the URL names";
        } else if (FirstConnection.isReadOnly(e)) {
            sentence = "fusewire.store.url: no PostgreSQL takes writes at " + place()
                    + "; name the primary, or with it each server that may become it (host:5432,host:5432/database)";
        } else if (state.equals(PoolingMode.UNFIT)) {
            sentence = "fusewire.store.url: the pooler at " + place() + " cannot be used: " + e.getMessage();
        } else if (state.startsWith("08")) {
            sentence = "fusewire.store.url: no PostgreSQL answers at " + place() + (isSlow(e) ? SLOW : "");
        } else {
            sentence = "fusewire.store.url: the store at " + place() + " cannot be used: " + e.getMessage();
        }
        return new IllegalArgumentException(sentence, e);
    }

    private static boolean isSlow(SQLException e) {
        return e.getCause() instanceof SocketTimeoutException cause
                && String.valueOf(cause.getMessage()).startsWith("Read");
    }

    /** Without what may be secret. */
    @Override
    public String toString() {
        return place();
    }
}
