package io.fusewire.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.RunningGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An address of IPv6 in place of a host's name, in brackets as in a URL. */
class Ipv6HostsTest {
    @RegisterExtension
    final GatewayExtension gateway = new GatewayExtension()
            .withFile(
                    "routes/rules/built-in.camel.yaml",
                    """
                    - route:
                        id: rules
                        description: Every event goes to a webhook.
                        from:
                          uri: fusewire:events
                          steps:
                            - to: {id: all, uri: fusewire:alert/v6, parameters: {severity: error, sinks: webhook}}
                    """)
            .startedByTest();

    @Test
    void a_webhook_reaches_it() throws IOException {
        InetAddress v6 = InetAddress.getByName("::1");
        assumeTrue(isThere(v6), "a machine with IPv6");
        AtomicInteger posts = new AtomicInteger();
        HttpServer http = HttpServer.create(new InetSocketAddress(v6, 0), 0);
        http.createContext("/", exchange -> {
            posts.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        http.start();
        try {
            gateway.with(
                            "sinks.webhook.url",
                            "http://[::1]:" + http.getAddress().getPort() + "/hook")
                    .with("sinks.webhook.signing-secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
                    .start();
            gateway.post(RunningGateway.fresh("trace-error"));
            await().until(() -> posts.get() > 0
                    && gateway.store()
                                    .rows("SELECT 1 FROM delivery WHERE attempts = 1")
                                    .size()
                            == 1);
            assertThat(gateway.store().rows("SELECT sink, state, reason FROM delivery ORDER BY sink"))
                    .containsExactly("webhook delivered null");
            assertThat(posts).hasValue(1);
        } finally {
            http.stop(0);
        }
    }

    private static boolean isThere(InetAddress address) {
        try (ServerSocket bound = new ServerSocket(0, 1, address)) {
            return bound.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
