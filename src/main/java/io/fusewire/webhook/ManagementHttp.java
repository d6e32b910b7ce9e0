package io.fusewire.webhook;

import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpEngine;

/** The component {@code management-http}: platform-http on the management port, where health and metrics are served. */
public final class ManagementHttp {
    private ManagementHttp() {}

    /** @param port the port that {@code camel.management.port} names */
    public static PlatformHttpComponent on(CamelContext camel, int port) {
        PlatformHttpComponent component = new PlatformHttpComponent();
        component.setCamelContext(camel);
        component.setEngine(new OnPort(port));
        return component;
    }

    /** Isn't registered as the engine of all endpoints, which is what its parent does when it is initialized. */
    private static final class OnPort extends VertxPlatformHttpEngine {
        private final int port;

        OnPort(int port) {
            this.port = port;
        }

        @Override
        protected void doInit() {}

        @Override
        public int getServerPort() {
            return port;
        }
    }
}
