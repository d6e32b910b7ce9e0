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
                "alerts/<sink>", (uri, owner, sink, parameters) -> new SinkEndpoint(uri, owner, this, sink, false));
        component.register(
                "render", (uri, owner, template, parameters) -> new RenderEndpoint(uri, owner, templates, template));
        component.register("address", (uri, owner, none, parameters) -> new AddressEndpoint(uri, owner));
        component.register("sign", (uri, owner, none, parameters) -> new SignEndpoint(uri, owner, sinks, clock));
        for (String word : new String[] {"try-later", "hold", "dead-letter"}) {
            component.register(word, (uri, owner, none, parameters) -> new OutcomeEndpoint(uri, owner, word, redact));
        }
    }
}
