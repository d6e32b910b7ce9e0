package io.fusewire.runtime;

import io.fusewire.webhook.RequestGate.InFlightLimit;

/** Who serves HTTP to the routes. */
@FunctionalInterface
public interface HttpServers {
    /**
     * Adds the components {@code fusewire-webhooks} and {@code fusewire-admin}.
     *
     * @param limit what each request for a webhook passes first
     */
    void open(InFlightLimit limit) throws Exception;
}
