package io.fusewire.delivery;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The sinks that routes empty or are told by, by name. Thread-safe. */
public final class SinkRegistry {
    private final Map<String, SinkEndpoint> sinks = new ConcurrentHashMap<>();

    void open(SinkEndpoint sink) {
        sinks.put(sink.sink(), sink);
    }

    void close(SinkEndpoint sink) {
        sinks.remove(sink.sink(), sink);
    }

    /** The sink of that name, or null while no route empties it. */
    public SinkEndpoint sink(String name) {
        return sinks.get(name);
    }

    /** Tells the sink's workers, if it has any, that its queue holds something new. */
    public void wake(String name) {
        SinkEndpoint found = sinks.get(name);
        if (found != null) {
            found.filled().raise();
        }
    }

    /** The sinks that are told in process. */
    public List<SinkEndpoint> unqueued() {
        return sinks.values().stream().filter(sink -> !sink.queued()).toList();
    }

    /** The names of the sinks with a queue, in order of the alphabet. */
    public Set<String> queuedSinks() {
        return sinks.values().stream()
                .filter(SinkEndpoint::queued)
                .map(SinkEndpoint::sink)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
