package io.fusewire.store;

import java.time.Duration;

/**
 * When an address rests: after {@code failures} failed attempts in a row, for {@code rest}, then as long again at every
 * further failure, doubled, up to {@code longest}. One delivery at a time probes it until one arrives.
 *
 * @param failures 1 or more
 */
public record CircuitPolicy(int failures, Duration rest, Duration longest) {

    boolean opensAt(int failed) {
        return failed >= failures;
    }

    /** @param failed failures in a row, at least {@code failures} */
    Duration restAfter(int failed) {
        double grown = rest.toMillis() * Math.pow(2, Math.min(failed - failures, 40));
        return Duration.ofMillis((long) Math.min(grown, longest.toMillis()));
    }
}
