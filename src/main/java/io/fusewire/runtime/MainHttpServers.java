package io.fusewire.runtime;

import io.fusewire.config.HttpMode;
import io.fusewire.config.Settings;
import io.fusewire.webhook.RequestGate;
import io.fusewire.webhook.RequestGate.InFlightLimit;
import io.fusewire.webhook.RouterEngine;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/** The two HTTP servers of Camel Main: the webhooks' and the management port's. */
final class MainHttpServers implements HttpServers {
    private final CamelContext camel;
    private final Settings settings;

    MainHttpServers(CamelContext camel, Settings settings) {
        this.camel = camel;
        this.settings = settings;
    }

    @Override
    public void open(InFlightLimit limit) {
        String server = serve(HttpMode.WEBHOOKS, HttpMode.WEBHOOK_PORT, limit);
        serve(HttpMode.ADMIN, HttpMode.ADMIN_PORT, null);
        camel.getManagementStrategy().addEventNotifier(new RequestGate(camel, server, camel::isStarted));
    }

    private String serve(String component, String property, Handler<RoutingContext> before) {
        int port = settings.number(property);
        String router = VertxPlatformHttpRouter.getRouterNameFromPort(port);
        RouterEngine.add(camel, component, router, port, before);
        return router;
    }
}
