package io.fusewire.runtime;

import io.fusewire.webhook.HttpLimits;
import io.fusewire.webhook.RequireAdminToken;
import java.util.function.Consumer;

/** Who serves HTTP to the routes. */
@FunctionalInterface
public interface HttpServers {
    /**
     * Adds the components {@code fusewire-webhooks} and {@code fusewire-admin}.
     *
     * @param limits what each server gives at most
     * @param refused hears in a word why a server refused a webhook
     * @param token what admin asks for before it reads a body
     */
    void open(HttpLimits limits, Consumer<String> refused, RequireAdminToken token) throws Exception;
}
