package io.fusewire.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fusewire.component.Steps.SendOnlyEndpoint;
import io.fusewire.signature.StandardWebhook;
import io.fusewire.store.Decision;
import io.fusewire.store.Decision.AlertSpec;
import io.fusewire.store.Delivery;
import io.fusewire.store.Inbox.StoredEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
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

    /** The names of the sources that have settings of their own. */
    Set<String> sources();

    /** True where a sink without an address shows what it would send (the dev profile). */
    boolean printsWithout();

    /**
     * An address that is set.
     *
     * @param name the property's name, without its sink or source; null for a sink that needs no address
     * @param own whether it is the source's own
     */
    record Address(String name, String value, boolean own) {}

    /**
     * Finds where a sink's alerts go and what they are signed by, of each source its own or the sink's.
     *
     * @param address the name of the property that says where; null for a sink that needs no address
     * @param channel the name of the property that says where instead, for whoever has a token; null for a sink without
     * @param secret the name of the property that says by what; null for a sink that signs nothing
     * @param token the name of the property that opens the channel
     */
    record AddressLookup(
            SinkAddresses addresses, String sink, String address, String channel, String secret, String token) {
        /** Where alerts of a source go, if that is known: to its own address or channel, else to the sink's. */
        Optional<Address> addressOf(String source) {
            return address == null && channel == null
                    ? Optional.of(new Address(null, "", false))
                    : at(source, address)
                            .or(() -> at(source, channel))
                            .or(() -> at(null, address))
                            .or(() -> at(null, channel));
        }

        private Optional<Address> at(String source, String name) {
            return find(source, name).map(value -> new Address(name, value, source != null));
        }

        /** A source's own, or with null for the source the sink's own; empty too where the sink names no such property. */
        Optional<String> find(String source, String name) {
            return name == null
                    ? Optional.empty()
                    : source == null ? addresses.ofSink(sink, name) : addresses.ofSource(source, sink, name);
        }

        /** What alerts of a source are signed by; empty where this sink signs nothing. */
        Optional<String> secretOf(String source) {
            return secret == null ? Optional.empty() : Optional.of(needed(source, secret));
        }

        /** What opens the channel for alerts of a source. */
        String tokenOf(String source) {
            return needed(source, String.valueOf(token));
        }

        private String needed(String source, String name) {
            return find(source, name)
                    .or(() -> find(null, name))
                    .orElseThrow(() -> new IllegalStateException(property(null, name) + " is not set"));
        }

        /** True where the address was taken away since the alert was queued: nothing may count as delivered then. */
        boolean isOff(DeliveryAttempt attempt) {
            return attempt.address().isEmpty() && !addresses.printsWithout();
        }

        /** Why it is off. */
        String unset() {
            return property(null, address == null ? channel : address) + " is not set";
        }

        /** @param held why it is not sent though there is an address, or null */
        Decision.Addressed address(String source, AlertSpec spec, String incident, String held) {
            Optional<Address> found = addressOf(source);
            return new Decision.Addressed(
                    sink,
                    found.filter(Address::own).isPresent() ? source : SinkAddresses.SHARED,
                    spec.rule(),
                    spec.severity(),
                    spec.resolve(),
                    incident,
                    found.isPresent() || addresses.printsWithout() ? held : unset());
        }

        /** The property's whole name: a source's, or with null for the source the sink's. */
        String property(String source, String name) {
            return source == null
                    ? "sinks." + sink + "." + name
                    : "fusewire.sources." + source + "." + sink + "-" + name;
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
