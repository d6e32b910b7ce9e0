package io.fusewire.embed;

import io.fusewire.webhook.BoundedHttp;
import io.fusewire.webhook.RequestGate;
import io.fusewire.webhook.RouterEngine;
import java.net.InetSocketAddress;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * An HTTP server of our own beside a host's. It lives in a context of its own: when Camel's server stops, it removes the
 * component {@code platform-http} of its context, and the host may need its one (VertxPlatformHttpServer, 4.18.0). Its
 * routes are in the host's context, which finds it as a component.
 */
final class DedicatedHttpServer implements AutoCloseable {
    private final CamelContext host;
    private final CamelContext own = new DefaultCamelContext();
    private final String component;

    /**
     * Listens.
     *
     * @param component the name of the component by which routes are reached
     * @param address where to listen; port 0 for any that is free
     * @param gate what each request passes first
     * @param onLoops as {@link RouterEngine#add} has it
     */
    DedicatedHttpServer(
            CamelContext host, String component, InetSocketAddress address, RequestGate gate, boolean onLoops)
            throws Exception {
        this.host = host;
        this.component = component;
        VertxPlatformHttpServerConfiguration configuration = new VertxPlatformHttpServerConfiguration();
        int port = address.getPort();
        configuration.setBindHost(address.getHostString());
        configuration.setBindPort(port);
        // So that the host's engine doesn't take it for the host's server.
        configuration.setServerType(VertxPlatformHttpRouter.SERVER_TYPE_MANAGEMENT);
        BoundedHttp.in(own).guard(port, gate);
        own.start();
        own.addService(new VertxPlatformHttpServer(configuration));
        VertxPlatformHttpRouter router =
                VertxPlatformHttpRouter.lookup(own, VertxPlatformHttpRouter.getRouterNameFromPort(port));
        host.getRegistry().bind(router(), router);
        RouterEngine.add(host, component, router(), port, onLoops);
    }

    /** Stops listening, and takes the component out of the host's context. After the routes. */
    @Override
    public void close() {
        host.removeComponent(component);
        host.getRegistry().unbind(router());
        own.stop();
    }

    private String router() {
        return component + "-router";
    }
}
