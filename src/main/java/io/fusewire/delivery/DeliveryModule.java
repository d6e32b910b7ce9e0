package io.fusewire.delivery;

import io.fusewire.component.FusewireComponent;
import io.fusewire.event.EventReader;
import io.fusewire.message.Templates;
import io.fusewire.store.Deliveries;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

/**
 * What sinks stand on, and the words that their routes may say.
 *
 * @param clock what time it is elsewhere
 * @param redact takes every configured secret out of a text
 */
public record DeliveryModule(
        SinkRegistry sinks,
        Deliveries deliveries,
        EventReader reader,
        SinkAddresses addresses,
        Templates templates,
        DeliveryListener listener,
        InstantSource clock,
        UnaryOperator<String> redact) {
    /** Gives the component the sinks' words. */
    public void register(FusewireComponent component) {
        component.register(
                "deliveries/<sink>", (uri, owner, sink, parameters) -> new SinkEndpoint(uri, owner, this, sink, true));
        component.register(
                "in-process/<sink>",
                (uri, owner, sink, parameters) -> new SinkEndpoint(uri, owner, this, sink, false),
                "alerts");
        component.register(
                "render", (uri, owner, template, parameters) -> new RenderEndpoint(uri, owner, templates, template));
        component.register(
                "resolve-address",
                (uri, owner, none, parameters) ->
                        new SinkAddresses.CredentialsEndpoint(uri, owner, false, sinks, clock),
                "address");
        component.register(
                "sign",
                (uri, owner, none, parameters) ->
                        new SinkAddresses.CredentialsEndpoint(uri, owner, true, sinks, clock));
        component.register(
                "slack-request/<call>",
                (uri, owner, call, parameters) -> new SlackCallEndpoint(uri, owner, true, call, sinks, clock));
        component.register(
                "slack-response/<call>",
                (uri, owner, call, parameters) -> new SlackCallEndpoint(uri, owner, false, call, sinks, clock));
        component.register("mail/<step>", (uri, owner, step, parameters) -> new MailEndpoint(uri, owner, step));
        outcome(component, "try-later");
        outcome(component, "pause-destination", "hold");
        outcome(component, "dead-letter");
    }

    private void outcome(FusewireComponent component, String word, String... formerly) {
        component.register(
                word,
                (uri, owner, none, parameters) -> new OutcomeEndpoint(uri, owner, word, deliveries, redact),
                formerly);
    }
}
