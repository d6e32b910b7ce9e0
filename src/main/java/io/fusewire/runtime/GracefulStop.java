package io.fusewire.runtime;

import io.fusewire.config.Settings;
import java.time.Duration;
import java.util.function.IntSupplier;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stop that load balancers can follow: the gateway first says that it isn't ready, and serves on until they have seen it and
 * send elsewhere. Thread-safe.
 */
final class GracefulStop {
    private static final Logger LOG = LoggerFactory.getLogger(GracefulStop.class);
    private static final String PROPERTY = "fusewire.stop.unready-for";

    /** Supervisors kill what takes longer to stop. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final CamelContext camel;
    private final Duration time;
    private final Runnable leave;
    private volatile boolean begun;
    private volatile Duration ran;

    /**
     * @param leave is told that senders should go elsewhere
     * @throws IllegalArgumentException in one sentence, when the property is no duration, or an unlikely one
     */
    GracefulStop(CamelContext camel, Settings settings, Runnable leave) {
        this.camel = camel;
        this.leave = leave;
        this.time = settings.duration(PROPERTY);
        if (time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(PROPERTY + ": '" + settings.get(PROPERTY)
                    + "' is longer than 10m; a load balancer needs some seconds to see that a gateway is not ready");
        }
    }

    /** A SIGTERM is no fault: what is in flight finishes, and the process exits 0 instead of the JVM's 143. */
    static void atSigterm(IntSupplier end) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> Runtime.getRuntime().halt(end.getAsInt()), "fusewire-stop"));
    }

    /** Whether requests reach the routes, and will for a while. */
    boolean isOpen() {
        return camel.isStarted() && !begun;
    }

    /** Says that the gateway isn't ready, and waits until that has been seen; not at all where nothing is served. */
    void begin() {
        begun = true;
        if (!camel.isStarted()) {
            return;
        }
        ran = camel.getUptime();
        leave.run();
        if (!time.isZero()) {
            LOG.info("Fusewire is not ready any more; it takes events for {} s yet, and stops then.", time.toSeconds());
            try {
                Thread.sleep(time.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Says how it stopped, where it ran; after everything else. */
    void ended() {
        if (ran != null) {
            String begin = "Fusewire has stopped after " + StartSummary.time(ran) + "; ";
            if (camel.getShutdownStrategy().isTimeoutOccurred()) {
                LOG.warn(
                        "{}what was still in flight after {} s was cut off.",
                        begin,
                        camel.getShutdownStrategy().getTimeout());
            } else {
                LOG.info("{}nothing was in flight any more, and what waits is in the store.", begin);
            }
        }
    }
}
