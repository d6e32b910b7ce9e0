package io.fusewire.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that can be put forward, so that no test waits for minutes to pass. */
public final class TestClock implements InstantSource {
    private final InstantSource base;
    private volatile Duration ahead = Duration.ZERO;

    private TestClock(InstantSource base) {
        this.base = base;
    }

    /** One that runs with the machine's. */
    public static TestClock running() {
        return new TestClock(InstantSource.system());
    }

    /** One that stands. */
    public static TestClock standingAt(Instant time) {
        return new TestClock(InstantSource.fixed(time));
    }

    @Override
    public Instant instant() {
        return base.instant().plus(ahead);
    }

    public void forward(Duration by) {
        ahead = ahead.plus(by);
    }
}
