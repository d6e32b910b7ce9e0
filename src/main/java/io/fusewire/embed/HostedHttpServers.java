package io.fusewire.embed;

import io.fusewire.config.HttpMode;
import io.fusewire.config.Settings;
import io.fusewire.runtime.HttpServers;
import io.fusewire.webhook.HttpLimits;
import io.fusewire.webhook.ReadinessProbe;
import io.fusewire.webhook.RequestGate;
import io.fusewire.webhook.RequireAdminToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.camel.CamelContext;

/** Who serves HTTP in a host, by its property {@code fusewire.http}: the host, two servers of ours, or nobody. */
final class HostedHttpServers implements HttpServers, AutoCloseable {
    private final CamelContext host;
    private final Settings settings;
    private final BooleanSupplier open;
    private RequestGate gate;
    private final List<Runnable> servers = new ArrayList<>();

    /** @param open whether requests reach the routes */
    HostedHttpServers(CamelContext host, Settings settings, BooleanSupplier open) {
        this.host = host;
        this.settings = settings;
        this.open = open;
    }

    @Override
    public void open(HttpLimits limits, Refused refused, BooleanSupplier ready, RequireAdminToken token)
            throws Exception {
        HttpMode mode = HttpMode.of(settings);
        if (mode == HttpMode.HOST) {
            servers.add(new HostHttpServer(host, HttpMode.WEBHOOKS)::close);
            servers.add(new HostHttpServer(host, HttpMode.ADMIN)::close);
        } else if (mode == HttpMode.OWN) {
            gate = new RequestGate(limits, open, refused.webhook(), new ReadinessProbe(ready));
            RequestGate ofAdmin =
                    new RequestGate(limits, open, refused.admin(), context -> token.passes(context, refused.admin()));
            own(HttpMode.WEBHOOKS, HttpMode.WEBHOOK_PORT, gate, true);
            own(HttpMode.ADMIN, HttpMode.ADMIN_PORT, ofAdmin, false);
        }
    }

    @Override
    public Duration fullFor() {
        return gate == null ? Duration.ZERO : gate.fullFor();
    }

    private void own(String component, String port, RequestGate gate, boolean onLoops) throws Exception {
        servers.add(new DedicatedHttpServer(
                host, component, HttpMode.OWN.ports(settings).get(port), gate, onLoops)::close);
    }

    /** After the routes. */
    @Override
    public void close() {
        servers.forEach(Runnable::run);
    }
}
