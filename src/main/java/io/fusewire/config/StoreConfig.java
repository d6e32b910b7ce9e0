package io.fusewire.config;

import io.fusewire.store.PostgresLocation;
import io.fusewire.store.Retention;
import io.fusewire.store.Store;
import io.fusewire.store.StoreProbe;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import javax.sql.DataSource;

/** Opens the store that the settings name, and says how long what is in it is kept. */
public final class StoreConfig {
    private static final String CONNECTIONS = "fusewire.store.connections";
    private static final String PATIENCE = "fusewire.store.commit-timeout";
    private static final String START = "fusewire.store.start-timeout";
    private static final String DEAD_LETTERS = "fusewire.retention.dead-letters";
    private static final Duration SHORTEST_RETENTION = Duration.ofHours(1);

    private final Settings settings;
    private final Secrets secrets;

    public StoreConfig(Settings settings, Secrets secrets) {
        this.settings = settings;
        this.secrets = secrets;
    }

    /**
     * For a gateway, which may have an embedded store for itself only.
     *
     * @param dataSource a host's database, or null
     */
    public Store open(InstantSource steady, DataSource dataSource) {
        if (dataSource != null) {
            return Store.shared(dataSource, settings.number(CONNECTIONS), settings.duration(PATIENCE));
        }
        return shared(settings.duration(START))
                .orElseGet(() -> Store.embedded(folder(), steady, settings.duration(PATIENCE)));
    }

    /** For a command that reads while a gateway may be running; it waits for no database. */
    public Store look(InstantSource steady) {
        return shared(Duration.ZERO).orElseGet(() -> Store.look(folder(), steady));
    }

    /** @throws IllegalArgumentException in one sentence, when events would be forgotten too soon */
    public Retention retention(Store store, Runnable turned) {
        Duration finished = settings.duration("fusewire.retention.finished");
        if (finished.compareTo(SHORTEST_RETENTION) < 0) {
            throw new IllegalArgumentException("fusewire.retention.finished is shorter than 1h: an event that is sent"
                    + " again must be known again; set 1h or more");
        }
        // A time stamp may be so far ahead when it comes first, and so far behind when it comes again.
        if (finished.compareTo(settings.duration("fusewire.webhook.tolerance").multipliedBy(2)) < 0) {
            throw new IllegalArgumentException("fusewire.retention.finished is shorter than twice"
                    + " fusewire.webhook.tolerance: a signed request that is sent again must be known again; set more");
        }
        Duration deadLetters = settings.find(DEAD_LETTERS)
                .map(any -> settings.duration(DEAD_LETTERS))
                .orElse(null);
        return new Retention(store, finished, deadLetters, turned);
    }

    /** Whether {@link #open} would find what it needs; nothing is changed. It waits for no database. */
    public void probe() {
        location().ifPresentOrElse(StoreProbe::shared, () -> StoreProbe.embedded(folder()));
    }

    /**
     * Which store it is and where, without what opens it.
     *
     * @param dataSource a host's database, or null
     */
    public String place(DataSource dataSource) {
        return dataSource != null
                ? "PostgreSQL, the host's DataSource"
                : settings.find("fusewire.store.url")
                        .map(url ->
                                "PostgreSQL, " + url.replaceFirst("[?].*", "").replaceFirst("//[^/]*@", "//"))
                        .orElseGet(() -> "SQLite, "
                                + folder().toAbsolutePath().normalize().resolve("fusewire.db"));
    }

    private Optional<Store> shared(Duration startTimeout) {
        return location()
                .map(where ->
                        Store.shared(where, settings.number(CONNECTIONS), settings.duration(PATIENCE), startTimeout));
    }

    private Optional<PostgresLocation> location() {
        return settings.find("fusewire.store.url")
                .map(url -> new PostgresLocation(
                        url,
                        settings.find("fusewire.store.user").orElse(""),
                        secrets.storePassword().orElse("")));
    }

    private Path folder() {
        return settings.path("fusewire.data-folder");
    }
}
