package io.fusewire.health;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.component.timer.TimerEndpoint;
import org.apache.camel.support.RoutePolicySupport;

/** On a route that a timer starts: sees that it does, and that it ends. Thread-safe. */
public final class HousekeepingPolicy extends RoutePolicySupport {
    private static final Duration SLACK = Duration.ofSeconds(20);

    private final LongSupplier nanos;
    private final Map<Route, Long> turnedAt = new ConcurrentHashMap<>();
    private final ThreadLocal<Route> running = new ThreadLocal<>();

    /** @param nanos runs evenly, as {@link System#nanoTime()} does */
    public HousekeepingPolicy(LongSupplier nanos) {
        this.nanos = nanos;
    }

    @Override
    public void onStart(Route route) {
        turnedAt.put(route, nanos.getAsLong());
    }

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
        running.set(route);
    }

    @Override
    public void onExchangeDone(Route route, Exchange exchange) {
        running.remove();
        turnedAt.put(route, nanos.getAsLong());
    }

    @Override
    public void onSuspend(Route route) {
        turnedAt.remove(route);
    }

    @Override
    public void onStop(Route route) {
        turnedAt.remove(route);
    }

    /** The work of the route on whose thread it is called takes long, and goes on; nothing on another thread. */
    public void turned() {
        Route route = running.get();
        if (route != null) {
            turnedAt.replace(route, nanos.getAsLong());
        }
    }

    /** For how long those routes have not ended that should have, by id. */
    public Map<String, Duration> still() {
        Map<String, Duration> still = new TreeMap<>();
        turnedAt.forEach((route, at) -> {
            Duration since = Duration.ofNanos(nanos.getAsLong() - at);
            Duration period = Duration.ofMillis(((TimerEndpoint) route.getEndpoint()).getPeriod());
            Duration slack = period.compareTo(SLACK) > 0 ? period : SLACK;
            if (since.compareTo(period.plus(slack)) > 0) {
                still.put(route.getRouteId(), since);
            }
        });
        return still;
    }
}
