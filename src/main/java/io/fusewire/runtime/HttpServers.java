package io.fusewire.runtime;

import io.fusewire.webhook.HttpLimits;
import io.fusewire.webhook.RequireAdminToken;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Who serves HTTP to the routes. */
public interface HttpServers {
    /**
     * Adds the components {@code fusewire-webhooks} and {@code fusewire-admin}.
     *
     * @param limits what each server gives at most
     * @param refused who hears of what a server refuses by itself
     * @param ready whether events are taken; may wait
     * @param token what admin asks for before it reads a body
     */
    void open(HttpLimits limits, Refused refused, BooleanSupplier ready, RequireAdminToken token) throws Exception;

    /**
     * Who hears in a word why a server refused a request.
     *
     * @param webhook of the webhooks' port
     * @param admin of the management port
     */
    record Refused(Consumer<String> webhook, Consumer<String> admin) {}

    /** For how long webhooks have been turned away because too much is in flight; zero where we can't know. */
    Duration fullFor();
}
