package io.fusewire.store;

/**
 * Where a shared store is: properties {@code fusewire.store.url}, {@code .user} and {@code .password}.
 *
 * @param url {@code jdbc:postgresql://host:port/database}; its parameters may hold secrets
 * @param password a secret
 */
public record PostgresLocation(String url, String user, String password) {
    private static final String PREFIX = "jdbc:postgresql://";

    /** @throws IllegalArgumentException when the URL is not one of PostgreSQL's; without the URL, which may hold secrets */
    public PostgresLocation {
        if (!url.startsWith(PREFIX)) {
            throw new IllegalArgumentException(
                    "fusewire.store.url does not begin with " + PREFIX + "; it is " + PREFIX + "host:5432/database");
        }
    }

    /** The host, the port and the database: what may be shown. */
    String place() {
        return url.substring(PREFIX.length()).replaceFirst("\\?.*", "");
    }

    /** Without what may be secret. */
    @Override
    public String toString() {
        return place();
    }
}
