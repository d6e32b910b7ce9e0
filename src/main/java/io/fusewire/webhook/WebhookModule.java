package io.fusewire.webhook;

import io.fusewire.component.FusewireComponent;
import java.util.function.BiConsumer;
import org.apache.camel.Exchange;

/**
 * What the webhook's routes stand on, and their words.
 *
 * @param answered hears of each answer's exchange and its outcome in a word, on the answering thread
 */
public record WebhookModule(BiConsumer<Exchange, String> answered) {
    /** Gives the component the webhook's words. */
    public void register(FusewireComponent component) {
        component.register(
                "respond/<status>",
                (uri, owner, status, parameters) -> new RespondEndpoint(uri, owner, answered, status),
                "answer");
    }
}
