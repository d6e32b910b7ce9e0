package io.fusewire.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fusewire.component.SendOnlyEndpoint;
import io.fusewire.signature.StandardWebhook;
import io.fusewire.store.Delivery;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.apache.camel.Component;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * {@code fusewire:sign}: signs the message by the sink's {@code secret}, with the headers of Standard Webhooks. All
 * attempts at one delivery have the same {@code webhook-id}, so that the receiver knows a repetition. Where the sink has
 * no secret, nothing is signed.
 */
public final class SignEndpoint extends SendOnlyEndpoint {
    private final SinkRegistry sinks;
    private final InstantSource clock;

    SignEndpoint(String uri, Component component, SinkRegistry sinks, InstantSource clock) {
        super(uri, component);
        this.sinks = sinks;
        this.clock = clock;
    }

    @Override
    protected void process(Exchange exchange) {
        Delivery delivery = DeliveryAttempt.of(exchange).delivery();
        sinks.sink(delivery.sink())
                .lookup()
                .secretOf(delivery.event().source())
                .ifPresent(secret -> sign(exchange.getMessage(), delivery, secret));
    }

    private void sign(Message message, Delivery delivery, String secret) {
        byte[] body = message.getBody(byte[].class);
        Instant now = clock.instant();
        String id = "msg_" + UUID.nameUUIDFromBytes((delivery.event().key() + " " + delivery.sink()).getBytes(UTF_8));
        message.setBody(body);
        message.setHeader("webhook-id", id);
        message.setHeader("webhook-timestamp", String.valueOf(now.getEpochSecond()));
        message.setHeader("webhook-signature", new StandardWebhook(secret).signature(id, now, body));
    }
}
