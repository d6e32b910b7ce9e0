package io.fusewire.delivery;

import io.fusewire.error.InvalidRequestException;
import io.fusewire.store.Backlog;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Refuses an operator's request whose parameter {@code sink} names none that keeps dead letters: no sink in force with a
 * queue, nor one that was removed and left some, nor {@code rules}.
 */
public final class RequireKnownSink implements Processor {
    private static final String RULES = "rules";

    private final SinkRegistry sinks;
    private final Backlog backlog;
    private final BiFunction<String, Collection<String>, Optional<String>> near;

    /** @param near which of some words was most likely meant by another */
    public RequireKnownSink(
            SinkRegistry sinks, Backlog backlog, BiFunction<String, Collection<String>, Optional<String>> near) {
        this.sinks = sinks;
        this.backlog = backlog;
        this.near = near;
    }

    /** @throws InvalidRequestException in a sentence that has the nearest name */
    @Override
    public void process(Exchange exchange) {
        String asked = exchange.getMessage().getHeader("sink", String.class);
        if (asked != null) {
            Set<String> known = sinks.queuedSinks();
            known.add(RULES);
            if (!known.contains(asked) && !backlog.counts().dead().containsKey(asked)) {
                throw InvalidRequestException.unknown("sink", asked, near.apply(asked, known));
            }
        }
    }
}
