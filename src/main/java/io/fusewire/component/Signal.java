package io.fusewire.component;

import java.time.Duration;

/** Wakes waiting workers early. A missed one costs a worker's poll interval and nothing else. */
public final class Signal {
    private long raised;

    public synchronized void raise() {
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
