package io.fusewire.store;

import java.time.Duration;

/** Turns at work that one gateway at a time does: nobody leads, whoever comes first when it is due has the turn. Thread-safe. */
public final class NodeLeases {
    private final Store store;

    public NodeLeases(Store store) {
        this.store = store;
    }

    /** True when the chore was due: it is this caller's, and due for anybody after {@code every}, by the store's clock. */
    public boolean take(String name, Duration every) {
        return store.write(session -> {
            session.update("chore-insert", name);
            return session.update("chore-take", session.now() + every.toMillis(), name, session.now()) > 0;
        });
    }

    /**
     * Takes or renews a turn that has no end of its own, such as a poll's. Nobody else has it for {@code lease}, by the
     * store's clock.
     *
     * @param held what the last call returned; 0 at first
     * @return what to renew it by; 0 when another caller has it
     */
    public long hold(String name, Duration lease, long held) {
        return store.write(session -> {
            session.update("chore-insert", name);
            long until = session.now() + lease.toMillis();
            return session.update("chore-hold", until, name, session.now(), held) > 0 ? until : 0L;
        });
    }
}
