package io.fusewire.delivery;

import io.fusewire.component.Steps.SendOnlyEndpoint;
import io.fusewire.event.Event;
import io.fusewire.message.Alert;
import io.fusewire.message.Incident;
import io.fusewire.message.MessageFormat;
import io.fusewire.message.Templates;
import io.fusewire.store.Delivery;
import io.fusewire.store.IncidentState;
import io.fusewire.store.IncidentState.IncidentNews;
import java.time.Instant;
import org.apache.camel.Component;
import org.apache.camel.Exchange;

/**
 * {@code fusewire:render}: the delivery's alert, by the sink's template that fits it, or by the one that is named; escaped
 * and cut as its {@code format} asks.
 */
public final class RenderEndpoint extends SendOnlyEndpoint {
    private final Templates templates;
    private final String template;
    private MessageFormat format = MessageFormat.TEXT;

    public RenderEndpoint(String uri, Component component, Templates templates, String template) {
        super(uri, component);
        this.templates = templates;
        this.template = template;
    }

    @Override
    protected void process(Exchange exchange) {
        DeliveryAttempt attempt = DeliveryAttempt.of(exchange);
        String sink = attempt.delivery().sink();
        exchange.getMessage()
                .setBody(templates
                        .render(sink, template, format, attempt.alert())
                        .toString());
    }

    /** What the sink reads: {@code slack}, {@code pagerduty}, {@code teams}, or {@code text} for any other. */
    public void setFormat(MessageFormat format) {
        this.format = format;
    }

    /** What templates see of a delivery: the event's alert, or what there is to tell of its incident. */
    static final class DeliveryAlert {
        private DeliveryAlert() {}

        /** @param kind what the sink is told of the incident; null for a message of its own */
        static Alert of(Delivery delivery, Event event, IncidentNews.Kind kind) {
            if (kind != null) {
                return of(delivery.news(), delivery.event().receivedAt(), event, kind);
            }
            return new Alert(
                    event.key(),
                    event.source(),
                    event.json(),
                    event.labels(),
                    delivery.rule(),
                    delivery.severity(),
                    delivery.resolve(),
                    Incident.ofItsOwn(delivery.incident()),
                    delivery.event().receivedAt());
        }

        static Alert of(IncidentNews news, Instant received, Event event, IncidentNews.Kind kind) {
            return new Alert(
                    event.key(),
                    event.source(),
                    event.json(),
                    event.labels(),
                    news.incident().rule(),
                    news.incident().severity(),
                    kind == IncidentNews.Kind.CLOSED,
                    incident(news, kind),
                    received);
        }

        private static Incident incident(IncidentNews news, IncidentNews.Kind kind) {
            IncidentState now = news.incident();
            return new Incident(
                    now.key(),
                    now.id() == 0 ? null : now.id(),
                    Incident.Kind.valueOf(kind.name()),
                    now.count(),
                    now.count() - news.toldCount(),
                    now.since(),
                    now.last(),
                    now.closed(),
                    now.reason(),
                    now.by(),
                    now.labels(),
                    now.texts().stream()
                            .map(text -> new Incident.Text(text.text(), text.count()))
                            .toList(),
                    now.samples().stream()
                            .map(trace -> new Incident.Sample(trace, null))
                            .toList(),
                    now.folded());
        }
    }
}
