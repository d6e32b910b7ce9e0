package io.fusewire.poll;

import io.fusewire.component.Steps.SendOnlyEndpoint;
import io.fusewire.poll.client.Poll;
import java.io.InputStream;
import java.util.HashMap;
import org.apache.camel.Component;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * {@code fusewire:poll-request} brings the poll's request, and the keys, to the HTTP step that follows. {@code
 * fusewire:poll-response} makes a list of events of the response, each the body of one; no header of it stays.
 */
public final class PollStepEndpoint extends SendOnlyEndpoint {
    private final boolean request;

    PollStepEndpoint(String uri, Component component, boolean request) {
        super(uri, component);
        this.request = request;
    }

    @Override
    protected void process(Exchange exchange) throws Exception {
        Poll poll = exchange.getProperty(PollsConsumer.POLL, Poll.class);
        if (request) {
            ask(poll, exchange.getMessage());
        } else {
            read(poll, exchange.getMessage());
        }
    }

    private static void ask(Poll poll, Message message) {
        message.setHeader(Exchange.HTTP_URI, poll.uri().toString());
        message.setHeader("Accept", "application/json");
        if (!poll.authorization().isEmpty()) {
            message.setHeader("Authorization", poll.authorization());
        }
    }

    private static void read(Poll poll, Message message) throws Exception {
        message.setBody(poll.read(message.getBody(InputStream.class), message.getHeader("Date", String.class)));
        message.setHeaders(new HashMap<>());
        message.setHeader(PollsConsumer.POLL, poll.settings().name());
    }
}
