package io.fusewire.store;

import java.time.Duration;

/**
 * Leases of work that one gateway at a time does, by the store's clock. Nobody leads: whoever asks first when the work
 * is due has the lease. Thread-safe.
 */
public final class NodeLeases {
    private final Store store;

    public NodeLeases(Store store) {
        this.store = store;
    }

    /** True when the work was due: it is this caller's, and due for anybody after {@code every}. */
    public boolean take(String name, Duration every) {
        return store.write(session -> {
            session.update("node-lease-insert", name);
            return session.update("node-lease-take", session.now() + every.toMillis(), name, session.now()) > 0;
        });
    }

    /**
     * Takes or renews a lease of work that has no end of its own, such as a poll's. Nobody else has it for {@code
     * lease}.
     *
     * @param held what the last call returned; 0 at first
     * @return what to renew it by; 0 when another caller has it
     */
    public long hold(String name, Duration lease, long held) {
        return store.write(session -> {
            session.update("node-lease-insert", name);
            long until = session.now() + lease.toMillis();
            return session.update("node-lease-hold", until, name, session.now(), held) > 0 ? until : 0L;
        });
    }
}
