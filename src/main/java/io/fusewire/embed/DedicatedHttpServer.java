package io.fusewire.embed;

import io.fusewire.webhook.EventLoopConsumer;
import io.fusewire.webhook.RequestGate;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConsumer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpEngine;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * An HTTP server of our own beside a host's. It lives in a context of its own: when Camel's server stops, it removes the
 * component {@code platform-http} of its context, and the host may need its one (VertxPlatformHttpServer, 4.18.0). Its
 * routes are in the host's context, which finds it as a component.
 */
public final class DedicatedHttpServer implements AutoCloseable {
    private final CamelContext host;
    private final CamelContext own = new DefaultCamelContext();
    private final String component;
    private volatile boolean open;

    /**
     * Listens; turns every request away until it is opened.
     *
     * @param component the name of the component by which routes are reached
     * @param port 0 for any that is free
     * @param longest the most bytes of a request's body
     * @param before what each request passes first, on an event loop, where its route runs too; null where routes run on a worker's thread
     */
    public DedicatedHttpServer(
            CamelContext host, String component, int port, long longest, Handler<RoutingContext> before)
            throws Exception {
        this.host = host;
        this.component = component;
        VertxPlatformHttpServerConfiguration configuration = new VertxPlatformHttpServerConfiguration();
        configuration.setBindPort(port);
        configuration.setMaxBodySize(longest);
        configuration.getBodyHandler().setHandleFileUploads(false);
        // So that the host's engine doesn't take it for the host's server.
        configuration.setServerType(VertxPlatformHttpRouter.SERVER_TYPE_MANAGEMENT);
        own.start();
        VertxPlatformHttpServer server = new VertxPlatformHttpServer(configuration);
        own.addService(server);
        VertxPlatformHttpRouter router =
                VertxPlatformHttpRouter.lookup(own, VertxPlatformHttpRouter.getRouterNameFromPort(port));
        new RequestGate(own, router.getName(), () -> open).guard(router);
        host.getRegistry().bind(router(), router);
        PlatformHttpComponent routes = new PlatformHttpComponent();
        routes.setCamelContext(host);
        routes.setEngine(new Engine(server, before));
        host.addComponent(component, routes);
    }

    /** From now on requests reach their routes. */
    public void open() {
        open = true;
    }

    /** From now on every request is turned away with 503, as long as the server listens. */
    public void shut() {
        open = false;
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

    /** Isn't registered as the engine of all endpoints, which is what its parent does when it is initialized. */
    private final class Engine extends VertxPlatformHttpEngine {
        private final VertxPlatformHttpServer server;
        private final Handler<RoutingContext> before;

        Engine(VertxPlatformHttpServer server, Handler<RoutingContext> before) {
            this.server = server;
            this.before = before;
        }

        @Override
        protected void doInit() {}

        @Override
        public int getServerPort() {
            return server.getPort();
        }

        @Override
        public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
            return before == null
                    ? new VertxPlatformHttpConsumer(endpoint, processor, List.of(), router())
                    : new EventLoopConsumer(endpoint, processor, List.of(before), router());
        }
    }
}
