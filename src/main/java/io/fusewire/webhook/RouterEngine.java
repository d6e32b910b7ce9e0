package io.fusewire.webhook;

import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConsumer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpEngine;

/** Serves paths of one HTTP server, whichever others there are: {@code platform-http}, by a component's name of ours. */
public final class RouterEngine extends VertxPlatformHttpEngine {
    private final String router;
    private final int port;
    private final boolean onLoops;

    private RouterEngine(String router, int port, boolean onLoops) {
        this.router = router;
        this.port = port;
        this.onLoops = onLoops;
    }

    /**
     * Adds a component whose routes are served so.
     *
     * @param name the component's
     * @param router the name of the server's router
     * @param onLoops whether routes run on the server's event loops; else they run on a worker's thread
     */
    public static void add(CamelContext camel, String name, String router, int port, boolean onLoops) {
        PlatformHttpComponent component = new PlatformHttpComponent();
        component.setCamelContext(camel);
        component.setEngine(new RouterEngine(router, port, onLoops));
        camel.addComponent(name, component);
    }

    /** Its parent registers itself as the engine of all endpoints. */
    @Override
    protected void doInit() {}

    @Override
    public int getServerPort() {
        return port;
    }

    @Override
    public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
        return onLoops
                ? new EventLoopConsumer(endpoint, processor, router)
                : new VertxPlatformHttpConsumer(endpoint, processor, List.of(), router);
    }
}
