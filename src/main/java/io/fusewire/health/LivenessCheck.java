package io.fusewire.health;

import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Liveness: down while a thread that should turn has not, and nothing took over from it. A restart mends that, and loses
 * nothing. It is {@link #watch} that finds out. Thread-safe.
 */
public final class LivenessCheck extends AbstractHealthCheck {
    private static final Logger LOG = LoggerFactory.getLogger(LivenessCheck.class);

    /** For how long the watch itself may be silent. */
    private static final Duration LONGEST = Duration.ofSeconds(20);

    /** How often {@link #watch} is to be called. */
    public static final Duration EVERY = Duration.ofSeconds(1);

    /** A watch that comes later than this was not the only one that stood still: a machine that is paused, say. */
    private static final Duration LATE = Duration.ofMillis(2_500);

    /** How many times all have to turn after that. */
    private static final int GRACE = 5;

    private final List<Supplier<Map<String, Duration>>> parts;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private volatile Map<String, Duration> still = Map.of();
    private volatile long watchedAt;
    private boolean watched;
    private int grace;

    /**
     * @param parts each names those of its threads that should have turned, and says for how long they have not
     * @param nanos runs evenly, as {@link System#nanoTime()} does
     */
    public LivenessCheck(List<Supplier<Map<String, Duration>>> parts, InstantSource clock, LongSupplier nanos) {
        super("fusewire", "fusewire-parts");
        this.parts = parts;
        this.clock = clock;
        this.nanos = nanos;
        this.watchedAt = nanos.getAsLong();
    }

    @Override
    public boolean isLiveness() {
        return true;
    }

    @Override
    public boolean isReadiness() {
        return false;
    }

    /**
     * Has a look at each part. A part that fails says nothing of the others. After the whole process stood still each has
     * five seconds to turn.
     */
    public void watch() {
        Duration late = Duration.ofNanos(nanos.getAsLong() - watchedAt);
        watchedAt = nanos.getAsLong();
        // What passed before the first time was the start.
        boolean paused = watched && late.compareTo(LATE) > 0;
        watched = true;
        if (paused && grace == 0) {
            LOG.warn("The process stood still for {} s.", late.toSeconds());
            grace = GRACE;
            return;
        }
        grace = paused ? 0 : Math.max(0, grace - 1);
        if (grace > 0) {
            return;
        }
        Map<String, Duration> found = new TreeMap<>();
        for (Supplier<Map<String, Duration>> part : parts) {
            try {
                found.putAll(part.get());
            } catch (RuntimeException e) {
                LOG.warn("A part did not say whether it turns: {}", e.toString());
            }
        }
        found.keySet().stream()
                .filter(name -> !still.containsKey(name))
                .forEach(name -> LOG.error("{} does not turn; liveness is down.", name));
        still.keySet().stream()
                .filter(name -> !found.containsKey(name))
                .forEach(name -> LOG.info("{} turns again.", name));
        still = found;
        watchedAt = nanos.getAsLong();
    }

    @Override
    protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
        Map<String, Duration> now = new TreeMap<>(still);
        Duration silent = Duration.ofNanos(nanos.getAsLong() - watchedAt);
        if (silent.compareTo(LONGEST) > 0) {
            now.put("fusewire-watch", silent);
        }
        if (now.isEmpty()) {
            result.up();
            return;
        }
        now.forEach((name, since) -> result.detail(
                name, "has not turned since " + clock.instant().minus(since).truncatedTo(ChronoUnit.SECONDS)));
        result.down()
                .message(String.join(", ", now.keySet()) + ": should turn, and does not. A restart loses nothing.");
    }
}
