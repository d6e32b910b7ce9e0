package io.fusewire.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fusewire.component.SendOnlyEndpoint;
import io.fusewire.signature.StandardWebhook;
import io.fusewire.store.Delivery;
import io.fusewire.store.Inbox.StoredEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.apache.camel.Component;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Brings a sink's secrets to where they are needed, as late as can be. {@code fusewire:resolve-address} the delivery's
 * address: into a field of the JSON body ({@code field}), or as the URL that the next HTTP step calls ({@code url} where
 * that is fixed). {@code fusewire:sign} signs the message by the sink's {@code secret}, with the headers of Standard
 * Webhooks, where the sink has one.
 */
public final class CredentialsEndpoint extends SendOnlyEndpoint {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final boolean signs;
    private final SinkRegistry sinks;
    private final InstantSource clock;
    private String field = "";
    private String url = "";

    CredentialsEndpoint(String uri, Component component, boolean signs, SinkRegistry sinks, InstantSource clock) {
        super(uri, component);
        this.signs = signs;
        this.sinks = sinks;
        this.clock = clock;
    }

    @Override
    protected void process(Exchange exchange) throws Exception {
        DeliveryAttempt attempt = DeliveryAttempt.of(exchange);
        if (signs) {
            Delivery delivery = attempt.delivery();
            sinks.sink(delivery.sink())
                    .lookup()
                    .secretOf(delivery.event().source())
                    .ifPresent(secret -> sign(exchange.getMessage(), delivery, secret));
        } else {
            address(exchange.getMessage(), attempt.address().orElse(null));
        }
    }

    private void address(Message message, String address) throws Exception {
        if (field.isEmpty()) {
            message.setHeader(Exchange.HTTP_URI, url.isEmpty() ? address : url);
        } else if (address != null) {
            ObjectNode body = (ObjectNode) JSON.readTree(message.getBody(String.class));
            message.setBody(JSON.writeValueAsString(body.put(field, address)));
        }
    }

    /** All attempts at one delivery have the same id, so that the receiver knows a repetition. */
    private void sign(Message message, Delivery delivery, String secret) {
        byte[] body = message.getBody(byte[].class);
        Instant now = clock.instant();
        StoredEvent event = delivery.event();
        String name = event.key() + " " + event.source() + " " + delivery.sink();
        String id = "msg_" + UUID.nameUUIDFromBytes(name.getBytes(UTF_8));
        message.setBody(body);
        message.setHeader("webhook-id", id);
        message.setHeader("webhook-timestamp", String.valueOf(now.getEpochSecond()));
        message.setHeader("webhook-signature", new StandardWebhook(secret).signature(id, now, body));
    }

    /** The JSON field that takes the address; empty where the address is a URL. */
    public void setField(String field) {
        this.field = field;
    }

    /** The URL to call where the address isn't one. */
    public void setUrl(String url) {
        this.url = url;
    }
}
