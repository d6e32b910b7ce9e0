package io.fusewire;

import io.fusewire.http.Crowd;
import io.fusewire.http.Door;
import io.fusewire.http.ManagementHttp;
import io.fusewire.http.Threshold;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/** The two HTTP servers of Camel Main: the webhooks' and the management port's. */
final class MainServers implements Parts.Servers {
    private final CamelContext camel;
    private final Settings settings;

    MainServers(CamelContext camel, Settings settings) {
        this.camel = camel;
        this.settings = settings;
    }

    @Override
    public void open(Crowd crowd) throws Exception {
        camel.getRegistry().bind("door", new Door(camel, List.of(crowd)));
        String server = VertxPlatformHttpRouter.getRouterNameFromPort(settings.number("camel.server.port"));
        camel.getManagementStrategy().addEventNotifier(new Threshold(camel, server));
        camel.addComponent("management-http", ManagementHttp.on(camel, settings.number("camel.management.port")));
    }
}
