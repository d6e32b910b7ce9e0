package io.fusewire.queue;

import java.time.Duration;

/** Wakes waiting workers early. A missed one costs a worker's idle wait and nothing else. */
final class Signal {
    private long raised;

    synchronized void raise() {
        raised++;
        notifyAll();
    }

    synchronized long mark() {
        return raised;
    }

    /** Waits until it was raised after {@code mark}, at most {@code longest}. */
    synchronized void await(long mark, Duration longest) throws InterruptedException {
        if (raised == mark) {
            wait(longest.toMillis());
        }
    }
}
