package io.fusewire.runtime;

import io.fusewire.config.HttpMode;
import io.fusewire.config.Settings;
import io.fusewire.webhook.BoundedHttp;
import io.fusewire.webhook.HttpLimits;
import io.fusewire.webhook.ReadinessProbe;
import io.fusewire.webhook.RequestGate;
import io.fusewire.webhook.RequireAdminToken;
import io.fusewire.webhook.RouterEngine;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/** The two HTTP servers of Camel Main: the webhooks' and the management port's. */
final class MainHttpServers implements HttpServers {
    private final CamelContext camel;
    private final Settings settings;
    private RequestGate gate;

    MainHttpServers(CamelContext camel, Settings settings) {
        this.camel = camel;
        this.settings = settings;
    }

    @Override
    public void open(HttpLimits limits, Refused refused, BooleanSupplier ready, RequireAdminToken token) {
        int webhooks = settings.number(HttpMode.WEBHOOK_PORT);
        int admin = settings.number(HttpMode.ADMIN_PORT);
        gate = new RequestGate(limits, camel::isStarted, refused.webhook(), new ReadinessProbe(ready));
        RequestGate ofAdmin =
                new RequestGate(limits, () -> true, refused.admin(), context -> token.passes(context, refused.admin()));
        BoundedHttp.in(camel).guard(webhooks, gate).guard(admin, ofAdmin);
        serve(HttpMode.WEBHOOKS, webhooks, true);
        serve(HttpMode.ADMIN, admin, false);
    }

    @Override
    public Duration fullFor() {
        return gate.fullFor();
    }

    /** Has who sends make connections elsewhere. */
    void leave() {
        gate.leave();
    }

    private void serve(String component, int port, boolean onLoops) {
        String router = VertxPlatformHttpRouter.getRouterNameFromPort(port);
        RouterEngine.add(camel, component, router, port, onLoops);
    }
}
