package io.fusewire.runtime;

import io.fusewire.webhook.HttpLimits;
import io.fusewire.webhook.RequireAdminToken;
import java.time.Duration;
import java.util.function.Consumer;

/** Who serves HTTP to the routes. */
public interface HttpServers {
    /**
     * Adds the components {@code fusewire-webhooks} and {@code fusewire-admin}.
     *
     * @param limits what each server gives at most
     * @param refused hears in a word why a server refused a webhook
     * @param token what admin asks for before it reads a body
     */
    void open(HttpLimits limits, Consumer<String> refused, RequireAdminToken token) throws Exception;

    /** For how long webhooks have been turned away because too much is in flight; zero where we can't know. */
    Duration fullFor();
}
