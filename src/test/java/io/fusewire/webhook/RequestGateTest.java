package io.fusewire.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fusewire.testing.RunningGateway;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.junit.jupiter.api.Test;

/**
 * From when on the HTTP server lets requests in: Camel calls its listeners for a while after it says that it runs. And what
 * comes of a request whose connection is ended meanwhile.
 */
class RequestGateTest {
    private final int port = RunningGateway.freePort();
    private final List<String> told = new ArrayList<>();
    private final Map<String, Integer> statuses = new LinkedHashMap<>();

    @Test
    void a_gateway_that_says_it_is_started_lets_requests_in_and_one_that_starts_does_not() throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            VertxPlatformHttpServerConfiguration configuration = new VertxPlatformHttpServerConfiguration();
            configuration.setBindPort(port);
            HttpLimits limits = new HttpLimits(10, 8192, 1024, 10, 1024, Duration.ofMinutes(1), Duration.ofMinutes(1));
            BoundedHttp.in(camel).guard(port, new RequestGate(limits, camel::isStarted, told::add, any -> true));
            camel.addService(new VertxPlatformHttpServer(configuration), true, true);
            camel.getManagementStrategy().addEventNotifier(new SimpleEventNotifierSupport() {
                @Override
                public void notify(CamelEvent event) throws Exception {
                    if (event instanceof CamelEvent.CamelContextRoutesStartedEvent) {
                        ask("routes run");
                    }
                }
            });
            camel.addLifecycleStrategy(new LifecycleStrategySupport() {
                @Override
                public void onContextStarted(CamelContext started) {
                    ask("listeners are told");
                }
            });
            camel.start();
        }
        assertThat(told).containsExactly("starting", "unknown_path");
        assertThat(statuses).as("404: no route").isEqualTo(Map.of("routes run", 503, "listeners are told", 404));
    }

    @Test
    void a_request_that_comes_while_its_connection_is_ended_is_no_fault_of_ours() throws Exception {
        HttpLimits limits = new HttpLimits(10, 8192, 1024, 10, 1024, Duration.ZERO, Duration.ofMinutes(1));
        RequestGate gate = new RequestGate(limits, () -> true, told::add, any -> true);
        Vertx vertx = Vertx.vertx();
        Router router = Router.router(vertx);
        router.route().handler(context -> {
            gate.turn(0);
            gate.handle(context);
        });
        vertx.createHttpServer()
                .connectionHandler(gate::opened)
                .requestHandler(router)
                .listen(port)
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        assertThatThrownBy(this::status).as("no 500").isInstanceOf(IOException.class);
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    private int status() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/any"))
                .build();
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    private void ask(String when) {
        try {
            statuses.put(when, status());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
