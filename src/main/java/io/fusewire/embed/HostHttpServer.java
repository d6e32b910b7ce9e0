package io.fusewire.embed;

import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/** The host's {@code platform-http} by another name, so that whatever serves the host's paths serves ours too. */
final class HostHttpServer extends DefaultComponent implements AutoCloseable {
    private static final String PLATFORM_HTTP = "platform-http";

    private final String name;

    HostHttpServer(CamelContext host, String name) {
        super(host);
        this.name = name;
        host.addComponent(name, this);
    }

    @Override
    protected Endpoint createEndpoint(String uri, String path, Map<String, Object> parameters) throws Exception {
        Endpoint served =
                getCamelContext().getComponent(PLATFORM_HTTP).createEndpoint(uri.replaceFirst("^[^:]+", PLATFORM_HTTP));
        parameters.clear();
        return served;
    }

    @Override
    public void close() {
        getCamelContext().removeComponent(name);
    }
}
