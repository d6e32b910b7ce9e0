package io.fusewire.runtime;

import io.fusewire.store.Store.SteadyClock;
import java.time.Clock;
import java.time.InstantSource;

/**
 * The clocks that a gateway lives by.
 *
 * @param wall what time it is elsewhere: signatures and dates in answers are held against it
 * @param steady what the embedded store measures leases and waits by: one that does not jump
 */
public record Clocks(InstantSource wall, InstantSource steady) {

    public static Clocks ofTheMachine() {
        return new Clocks(Clock.systemUTC(), new SteadyClock(Clock.systemUTC(), System::nanoTime));
    }
}
