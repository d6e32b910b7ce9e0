package io.fusewire.runtime;

import io.fusewire.config.HttpMode;
import io.fusewire.config.Settings;
import io.fusewire.webhook.BoundedHttp;
import io.fusewire.webhook.HttpLimits;
import io.fusewire.webhook.RequestGate;
import io.fusewire.webhook.RequireAdminToken;
import io.fusewire.webhook.RouterEngine;
import java.util.function.Consumer;
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
    public void open(HttpLimits limits, Consumer<String> refused, RequireAdminToken token) {
        int webhooks = settings.number(HttpMode.WEBHOOK_PORT);
        int admin = settings.number(HttpMode.ADMIN_PORT);
        BoundedHttp.in(camel)
                .guard(webhooks, new RequestGate(limits, camel::isStarted, refused, null))
                .guard(admin, new RequestGate(limits, () -> true, uncounted -> {}, token));
        serve(HttpMode.WEBHOOKS, webhooks, true);
        serve(HttpMode.ADMIN, admin, false);
    }

    private void serve(String component, int port, boolean onLoops) {
        String router = VertxPlatformHttpRouter.getRouterNameFromPort(port);
        RouterEngine.add(camel, component, router, port, onLoops);
    }
}
