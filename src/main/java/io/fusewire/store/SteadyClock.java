package io.fusewire.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The machine's clock without its jumps: it follows a clock that is corrected little by little, and goes on evenly where
 * that one leaps, so that no lease ends early and nothing waits for hours. Thread-safe.
 */
public final class SteadyClock implements InstantSource {
    private static final Logger LOG = LoggerFactory.getLogger(SteadyClock.class);
    private static final Duration LEAP = Duration.ofSeconds(5);

    private final InstantSource wall;
    private final LongSupplier nanos;
    private Instant anchor;
    private long anchorNanos;
    private boolean apart;

    /** @param nanos runs evenly, as {@link System#nanoTime()} does */
    public SteadyClock(InstantSource wall, LongSupplier nanos) {
        this.wall = wall;
        this.nanos = nanos;
        this.anchor = wall.instant();
        this.anchorNanos = nanos.getAsLong();
    }

    @Override
    public synchronized Instant instant() {
        long passed = nanos.getAsLong() - anchorNanos;
        Instant even = anchor.plusNanos(passed);
        Instant shown = wall.instant();
        Duration off = Duration.between(even, shown);
        boolean leapt = off.abs().compareTo(LEAP) > 0;
        if (leapt != apart) {
            apart = leapt;
            LOG.warn("The machine's clock is {} off the store's, which goes on evenly until a restart.", off);
        }
        anchor = leapt ? even : off.isNegative() ? later(shown, anchor.plusNanos(passed / 2)) : shown;
        anchorNanos += passed;
        return anchor;
    }

    /** Ahead of the wall it runs at half the speed until that has caught up: it never goes back. */
    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
