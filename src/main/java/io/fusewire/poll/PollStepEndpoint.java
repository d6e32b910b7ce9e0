package io.fusewire.poll;

import io.fusewire.component.SendOnlyEndpoint;
import io.fusewire.poll.client.Poll;
import java.io.InputStream;
import java.util.HashMap;
import org.apache.camel.Component;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultProducer;

/**
 * {@code fusewire:ask} brings the poll's question, and the keys, to the HTTP step that follows. {@code fusewire:page} makes
 * a list of events of the answer, each the body of one; no header of the answer stays.
 */
public final class PollStepEndpoint extends SendOnlyEndpoint {
    private final String verb;

    PollStepEndpoint(String uri, Component component, String verb) {
        super(uri, component);
        this.verb = verb;
    }

    @Override
    public Producer createProducer() {
        return new DefaultProducer(this) {
            @Override
            public void process(Exchange exchange) throws Exception {
                Poll poll = exchange.getProperty(PollsConsumer.POLL, Poll.class);
                if (verb.equals("ask")) {
                    ask(poll, exchange.getMessage());
                } else {
                    read(poll, exchange.getMessage());
                }
            }
        };
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
