package io.fusewire.delivery;

import java.util.Optional;

/**
 * Where a sink's alerts go: a secret (a webhook URL, a routing key) that a source may have for itself.
 *
 * <p>Thread-safe. What it returns must not be kept, logged or put into a message that outlives the request.
 */
public interface SinkAddresses {

    /** The destination of alerts that share the sink's own address. */
    String SHARED = "default";

    /** The source's own address for a sink: property {@code fusewire.sources.<source>.<sink>-<name>}. */
    Optional<String> ofSource(String source, String sink, String name);

    /** The sink's own address: property {@code sinks.<sink>.<name>}. */
    Optional<String> ofSink(String sink, String name);

    /** True where a sink without an address shows what it would send (the dev profile). */
    boolean printsWithout();

    /** The source's own, else the sink's own. */
    default Optional<String> find(String source, String sink, String name) {
        return ofSource(source, sink, name).or(() -> ofSink(sink, name));
    }
}
