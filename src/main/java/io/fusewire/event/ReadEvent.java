package io.fusewire.event;

import java.util.HashMap;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Reads the body into an {@link Event}: it becomes the body, its labels the only headers. */
public final class ReadEvent implements Processor {
    private final EventReader reader;

    public ReadEvent(EventReader reader) {
        this.reader = reader;
    }

    /** Expects the source's name in the exchange property {@code source}. */
    @Override
    public void process(Exchange exchange) throws UnreadableEvent {
        Message message = exchange.getMessage();
        byte[] body = message.getBody(byte[].class);
        Event event = reader.read(body == null ? new byte[0] : body, exchange.getProperty("source", String.class));
        message.setBody(event);
        message.setHeaders(new HashMap<>(event.labels()));
    }
}
