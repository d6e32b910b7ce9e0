package io.fusewire.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fusewire.component.SendOnlyEndpoint;
import io.fusewire.signature.StandardWebhook;
import io.fusewire.store.AlertSpec;
import io.fusewire.store.Delivery;
import io.fusewire.store.Inbox.StoredEvent;
import io.fusewire.store.PendingEvents.Decision;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.Component;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

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

    /**
     * Finds where a sink's alerts go and what they are signed by, of each source its own or the sink's.
     *
     * @param address the name of the property that says where; null for a sink that needs no address
     * @param secret the name of the property that says by what; null for a sink that signs nothing
     */
    record AddressLookup(SinkAddresses addresses, String sink, String address, String secret) {
        /** Where alerts of a source go, if that is known. */
        Optional<String> addressOf(String source) {
            return address == null ? Optional.of("") : addresses.find(source, sink, address);
        }

        /** What alerts of a source are signed by; empty where this sink signs nothing. */
        Optional<String> secretOf(String source) {
            return secret == null
                    ? Optional.empty()
                    : Optional.of(addresses
                            .find(source, sink, secret)
                            .orElseThrow(() -> new IllegalStateException(property(secret) + " is not set")));
        }

        /** An address without a secret, or a secret that is none, would be found out by the first alert. */
        void refuseSecret() {
            if (secret == null
                    || address == null
                    || addresses.ofSink(sink, address).isEmpty()) {
                return;
            }
            String known = addresses
                    .ofSink(sink, secret)
                    .orElseThrow(() -> new IllegalArgumentException(property(secret) + " is not set, and "
                            + property(address) + " is; " + sink + " signs what it sends."));
            try {
                new StandardWebhook(known);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(property(secret) + " " + e.getMessage() + ".", e);
            }
        }

        /** True where the address was taken away since the alert was queued: nothing may count as delivered then. */
        boolean isOff(DeliveryAttempt attempt) {
            return attempt.address().isEmpty() && !addresses.printsWithout();
        }

        /** Why it is off. */
        String unset() {
            return property(address) + " is not set";
        }

        /** @param held why it is not sent though there is an address, or null */
        Decision.Addressed address(String source, AlertSpec spec, String incident, String held) {
            boolean own =
                    address != null && addresses.ofSource(source, sink, address).isPresent();
            boolean off = addressOf(source).isEmpty() && !addresses.printsWithout();
            return new Decision.Addressed(
                    sink,
                    own ? source : SinkAddresses.SHARED,
                    spec.rule(),
                    spec.severity(),
                    spec.resolve(),
                    incident,
                    off ? unset() : held);
        }

        private String property(String name) {
            return "sinks." + sink + "." + name;
        }
    }

    /**
     * Brings a sink's secrets to where they are needed, as late as can be. {@code fusewire:resolve-address} the delivery's
     * address: into a field of the JSON body ({@code field}), or as the URL that the next HTTP step calls ({@code url} where
     * that is fixed). {@code fusewire:sign} signs the message by the sink's {@code secret}, with the headers of Standard
     * Webhooks, where the sink has one.
     */
    public static final class CredentialsEndpoint extends SendOnlyEndpoint {
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
}
