package io.fusewire.store;

import io.fusewire.error.StoreUnavailableException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The silences in force. They are read from the store at most once a second, so every gateway knows within a second what
 * one of them was told. Thread-safe.
 */
public final class ActiveSilences {
    private static final Logger LOG = LoggerFactory.getLogger(ActiveSilences.class);
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

    /** Those that are active or pending, as of {@code at} by the store's clock, {@code since} by this process's. */
    private record Known(List<Silence> open, long at, long since) {}

    private final Store store;
    private final LongSupplier nanos;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Known known;
    private volatile long read;
    private volatile boolean changed;
    private volatile StoreUnavailableException away;

    /** @param nanos runs evenly, as {@link System#nanoTime()} does */
    public ActiveSilences(Store store, LongSupplier nanos) {
        this.store = store;
        this.nanos = nanos;
    }

    /**
     * Which silence holds an alert now: of several the one that ends last. While the store cannot be read, by what
     * was read last. It reads the store once a second, on the thread of one caller.
     *
     * @param labels the event's, see {@link io.fusewire.event.Labels}
     */
    public Optional<Silence> holding(Map<String, Object> labels, String rule) {
        Known last = known();
        return last.open.isEmpty()
                ? Optional.empty()
                : active(last).filter(one -> one.holds(labels, rule)).max(Comparator.comparingLong(Silence::endsAt));
    }

    /**
     * How many are in force.
     *
     * @throws StoreUnavailableException when the store cannot be read
     */
    public long count() {
        Known last = known();
        if (away != null) {
            throw away;
        }
        return active(last).count();
    }

    /** Whether a silence is why an alert is not sent. */
    public static boolean isReason(String suppressed) {
        return suppressed.startsWith(Silence.REASON);
    }

    /** One was made or ended here, so that the next who asks reads anew. */
    void changed() {
        changed = true;
    }

    private Stream<Silence> active(Known last) {
        long now = last.at + Duration.ofNanos(nanos.getAsLong() - last.since).toMillis();
        return last.open.stream().filter(one -> one.state(now).equals(Silence.ACTIVE));
    }

    /** Who finds another reading takes what was read before; only the first of all waits. */
    private Known known() {
        Known last = known;
        if (last == null) {
            reading.lock();
        } else if (!changed && nanos.getAsLong() - read < FRESH_NANOS || !reading.tryLock()) {
            return last;
        }
        try {
            changed = false;
            read = nanos.getAsLong();
            known = store.read(session -> new Known(open(session, last), session.now(), read));
            away = null;
        } catch (StoreUnavailableException e) {
            LOG.debug("The silences could not be read; they are in a second", e);
            away = e;
            known = last == null ? new Known(List.of(), 0, read) : last;
        } finally {
            reading.unlock();
        }
        return known;
    }

    /** A silence stays as it was made, so none is compiled twice. */
    private static List<Silence> open(Session session, Known last) throws SQLException {
        List<Silence> before = last == null ? List.of() : last.open;
        return session.query(
                "silence-open",
                row -> {
                    long id = row.getLong("id");
                    Optional<Silence> same =
                            before.stream().filter(one -> one.id() == id).findFirst();
                    return same.isPresent() ? same.get() : Silence.read(row);
                },
                session.now());
    }
}
