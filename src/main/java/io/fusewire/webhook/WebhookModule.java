package io.fusewire.webhook;

import io.fusewire.component.FusewireComponent;
import io.fusewire.store.Inbox;
import java.util.function.BiConsumer;
import org.apache.camel.Exchange;

/**
 * What the webhook's routes stand on, and their words.
 *
 * @param answered hears of each answer's exchange and its outcome in a word, on the answering thread
 */
public record WebhookModule(Inbox inbox, BiConsumer<Exchange, String> answered) {

    /** Gives the component the webhook's words. */
    public void register(FusewireComponent component) {
        component.register("keep", (uri, owner, none, parameters) -> new KeepEndpoint(uri, owner, inbox));
        component.register(
                "answer/<status>",
                (uri, owner, status, parameters) -> new RespondEndpoint(uri, owner, answered, status));
    }
}
