package io.fusewire.webhook;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpEngine;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/**
 * An engine for {@code platform-http} whose routes run on the server's event loops, and not on a worker thread each. For
 * routes that wait for nothing: {@code platform-http:/path?platformHttpEngine=#door}.
 */
public final class EventLoopEngine extends VertxPlatformHttpEngine {

    /** @param before what each request passes first */
    public EventLoopEngine(CamelContext camel, List<Handler<RoutingContext>> before) {
        setCamelContext(camel);
        setHandlers(before);
    }

    @Override
    public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
        return new EventLoopConsumer(
                endpoint, processor, getHandlers(), VertxPlatformHttpRouter.getRouterNameFromPort(getServerPort()));
    }
}
