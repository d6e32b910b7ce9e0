package io.fusewire;

import io.fusewire.embed.EmbeddedGateway;
import org.apache.camel.CamelContext;

/**
 * Fusewire inside a host's Camel context, be it Spring Boot's or a plain one: the same routes, by the same names. Nothing
 * of the host's is replaced, and {@link #stop} leaves nothing behind. Events may also come from the host's routes, by
 * {@code direct:accept}. Thread-safe.
 */
public final class Fusewire implements AutoCloseable {
    private final EmbeddedGateway gateway;

    private Fusewire(EmbeddedGateway gateway) {
        this.gateway = gateway;
    }

    /**
     * Begins to say what is put into a host's context, which must run by the time that it starts.
     *
     * @see FusewireOptions#start
     */
    public static FusewireOptions into(CamelContext host) {
        return new FusewireOptions(host);
    }

    static Fusewire start(CamelContext host, FusewireOptions options) {
        return new Fusewire(EmbeddedGateway.start(
                host,
                new EmbeddedGateway.Brought(
                        options.properties(), options.dataSource(), options.meterRegistry(), options.routes())));
    }

    /** Whether events are taken: the store is there, and its backlog below the limit. */
    public boolean ready() {
        return gateway.isReady();
    }

    /**
     * Stops taking events, finishes what is in flight, and gives everything back; the host runs on. What waits is in the
     * store. Once is enough, and twice does no harm.
     */
    public void stop() {
        gateway.stop();
    }

    /** As {@link #stop}. */
    @Override
    public void close() {
        stop();
    }
}
