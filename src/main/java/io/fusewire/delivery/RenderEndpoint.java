package io.fusewire.delivery;

import io.fusewire.component.SendOnlyEndpoint;
import io.fusewire.message.MessageFormat;
import io.fusewire.message.Templates;
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

    /** What the sink reads: {@code slack}, {@code pagerduty}, or {@code text} for any other. */
    public void setFormat(MessageFormat format) {
        this.format = format;
    }
}
