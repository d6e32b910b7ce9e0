package io.fusewire.poll.client;

import io.fusewire.store.NodeLeases;
import java.time.Duration;
import java.time.Instant;

/** Of several gateways at one store, one polls a project. One thread at a time. */
final class PollLease {
    /** How long a gateway that died keeps the others waiting. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    /** How often one that waits asks whether the lease is free. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private final NodeLeases leases;
    private final String name;
    private long held;
    private Instant askAgain = Instant.EPOCH;

    PollLease(NodeLeases leases, PollSettings poll) {
        this.leases = leases;
        this.name = "poll " + poll.name();
    }

    /** Whether it is ours. It is renewed before it ends. */
    boolean isOurs(Instant now) {
        if (!now.isBefore(askAgain)) {
            held = leases.hold(name, LEASE, held);
            askAgain = now.plus(held == 0 ? LOOK_AGAIN : LEASE.dividedBy(2));
        }
        return held != 0;
    }

    /** Another gateway may take it at once. */
    void giveBack() {
        if (held != 0) {
            leases.hold(name, Duration.ZERO, held);
            held = 0;
        }
        askAgain = Instant.EPOCH;
    }
}
