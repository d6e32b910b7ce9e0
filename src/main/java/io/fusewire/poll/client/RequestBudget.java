package io.fusewire.poll.client;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** At most so many requests in any minute, whichever way the server counts minutes. Thread-safe. */
final class RequestBudget {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final int perMinute;
    private final Deque<Instant> spent = new ArrayDeque<>();

    RequestBudget(int perMinute) {
        this.perMinute = perMinute;
    }

    boolean isFree(Instant now) {
        return left(now) > 0;
    }

    synchronized void spend(Instant now) {
        spent.addLast(now);
    }

    synchronized int left(Instant now) {
        while (!spent.isEmpty() && !spent.getFirst().plus(MINUTE).isAfter(now)) {
            spent.removeFirst();
        }
        return perMinute - spent.size();
    }
}
