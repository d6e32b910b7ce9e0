package io.fusewire.runtime;

import io.fusewire.config.Settings;
import io.fusewire.webhook.EventLoopEngine;
import io.fusewire.webhook.InFlightLimit;
import io.fusewire.webhook.ManagementHttp;
import io.fusewire.webhook.RequestGate;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/** The two HTTP servers of Camel Main: the webhooks' and the management port's. */
final class MainHttpServers implements Assembly.Servers {
    private final CamelContext camel;
    private final Settings settings;

    MainHttpServers(CamelContext camel, Settings settings) {
        this.camel = camel;
        this.settings = settings;
    }

    @Override
    public void open(InFlightLimit limit) throws Exception {
        camel.getRegistry().bind("door", new EventLoopEngine(camel, List.of(limit)));
        String server = VertxPlatformHttpRouter.getRouterNameFromPort(settings.number("camel.server.port"));
        // Readiness goes by the same, so whoever is told that we are ready is let in.
        camel.getManagementStrategy().addEventNotifier(new RequestGate(camel, server, camel::isStarted));
        camel.addComponent("management-http", ManagementHttp.on(camel, settings.number("camel.management.port")));
    }
}
