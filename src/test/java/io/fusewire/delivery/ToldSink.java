package io.fusewire.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.event.Event;
import io.fusewire.event.EventReader;
import io.fusewire.message.Alert;
import io.fusewire.message.Incident;
import io.fusewire.message.Incident.Kind;
import io.fusewire.message.Incident.Sample;
import io.fusewire.message.Incident.Text;
import io.fusewire.store.Delivery;
import io.fusewire.store.Inbox.StoredEvent;
import io.fusewire.store.IncidentState.IncidentNews;
import io.fusewire.testing.GatewayClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Route;

/** Tells the sink slack of an incident, by its route and as its consumer does, and leaves the store out. */
final class ToldSink {
    private ToldSink() {}

    /**
     * Sends one alert.
     *
     * @param kind what the sink is told of its incident, or null for a message of its own
     * @param reference what it called its message before, or null
     */
    static DeliveryAttempt tell(GatewayClient gateway, String kind, String reference) {
        Route route = gateway.camel().getRoute("fusewire-sink-slack");
        DeliveriesConsumer consumer = (DeliveriesConsumer) route.getConsumer();
        SinkEndpoint sink = (SinkEndpoint) route.getEndpoint();
        Delivery delivery = delivery(gateway.clock().instant());
        try {
            DeliveryAttempt attempt = new DeliveryAttempt(
                    delivery,
                    sink.getLease(),
                    alert(delivery, kind),
                    sink.lookup().addressOf("default"),
                    kind == null
                            ? null
                            : IncidentNews.Kind.valueOf(kind.toUpperCase().replace('-', '_')));
            attempt.refer(reference);
            Exchange exchange = consumer.createExchange(false);
            attempt.in(exchange);
            consumer.getProcessor().process(exchange);
            assertThat(exchange.getException()).isNull();
            return attempt;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Delivery delivery(Instant now) {
        byte[] body = GatewayClient.example("trace-error").getBytes(UTF_8);
        StoredEvent event = new StoredEvent(1, "key", "default", Instant.EPOCH, body);
        return new Delivery(
                1,
                event,
                "slack",
                "default",
                "trace-error",
                "critical",
                false,
                "langfuse:it",
                0,
                0,
                now,
                now,
                0,
                false,
                null,
                null);
    }

    private static Alert alert(Delivery delivery, String kind) throws Exception {
        Event event = new EventReader(false).read(delivery.event().body(), "default");
        return new Alert(
                event.key(),
                event.source(),
                event.json(),
                event.labels(),
                delivery.rule(),
                delivery.severity(),
                delivery.resolve(),
                kind == null ? Incident.ofItsOwn(delivery.incident()) : incident(delivery.incident(), kind),
                delivery.event().receivedAt());
    }

    /** Of 1,204 alerts within 17 minutes, quiet since then where it is closed. */
    private static Incident incident(String key, String kind) {
        boolean closed = kind.equals("closed");
        Instant last = Instant.EPOCH.plus(Duration.ofMinutes(17));
        return new Incident(
                key,
                7L,
                Kind.valueOf(kind.toUpperCase().replace('-', '_')),
                1204,
                37,
                Instant.EPOCH,
                last,
                closed ? last.plus(Duration.ofMinutes(15)) : null,
                closed ? "quiet" : null,
                null,
                Map.of("project", "demo"),
                List.of(new Text("429 Too Many Requests", 1204)),
                List.of(new Sample("7b2e0c0f9f7a4a0c8b1d2e3f4a5b6c7d", "none")),
                false);
    }
}
