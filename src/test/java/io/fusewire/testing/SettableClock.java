package io.fusewire.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that runs with the machine's and can be put forward, so that no test waits for minutes to pass. */
public final class SettableClock implements InstantSource {
    private volatile Duration ahead = Duration.ZERO;

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }

    public void forward(Duration by) {
        ahead = ahead.plus(by);
    }
}
