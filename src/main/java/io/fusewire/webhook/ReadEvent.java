package io.fusewire.webhook;

import io.fusewire.component.FailureReason;
import io.fusewire.error.BacklogFullException;
import io.fusewire.error.UnreadableEventException;
import io.fusewire.event.Event;
import io.fusewire.event.EventReader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the body into an {@link Event}, which becomes the body; the exchange property {@code key} is the event's key. */
public final class ReadEvent implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger(ReadEvent.class);
    private static final String KEY = "key";
    private static final int MOST_TOLD = 100;
    private static final Set<String> KNOWN = Set.of(
            "trace.created",
            "trace.updated",
            "generation.created",
            "score.created",
            "score.updated",
            "prompt-version",
            "monitor-alert",
            "project-notification");

    private final EventReader reader;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    public ReadEvent(EventReader reader) {
        this.reader = reader;
    }

    /** The exchange property {@code source} names the source; a route that sets none is the default one. */
    @Override
    public void process(Exchange exchange) throws UnreadableEventException, BacklogFullException {
        Message message = exchange.getMessage();
        byte[] body = message.getBody(byte[].class);
        Event event =
                reader.read(body == null ? new byte[0] : body, exchange.getProperty("source", "default", String.class));
        LongPredicate room = exchange.getProperty(EventLoopConsumer.ROOM, LongPredicate.class);
        if (room != null && !room.test(event.weight())) {
            throw new BacklogFullException();
        }
        tellUnknown(event.type());
        message.setBody(event);
        exchange.setProperty(KEY, event.key());
    }

    /** Once for each type, and for a hundred types at most: a type is the sender's text. */
    private void tellUnknown(String type) {
        if (!KNOWN.contains(type) && told.size() < MOST_TOLD && told.add(type)) {
            LOG.info("An event of the unknown type '{}' came; such events are kept.", FailureReason.line(type));
        }
    }
}
