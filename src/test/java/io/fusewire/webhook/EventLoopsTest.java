package io.fusewire.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fusewire.testing.RunningGateway;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An event loop that does not turn is told by name, until it does. */
class EventLoopsTest {
    private final int port = RunningGateway.freePort();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final AtomicLong nanos = new AtomicLong();
    private final EventLoops loops = new EventLoops(camel, nanos::get);

    @BeforeEach
    void start() throws Exception {
        VertxPlatformHttpServerConfiguration configuration = new VertxPlatformHttpServerConfiguration();
        configuration.setBindPort(port);
        camel.addService(new VertxPlatformHttpServer(configuration), true, true);
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    void one_that_hangs_is_told_alone_and_no_more_when_it_turns() throws Exception {
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        String router = VertxPlatformHttpRouter.getRouterNameFromPort(port);
        VertxPlatformHttpRouter.lookup(camel, router).vertx().runOnContext(then -> {
            hangs.countDown();
            uninterruptibly(released);
        });
        hangs.await();
        assertThat(loops.still()).isEmpty();
        nanos.addAndGet(Duration.ofSeconds(11).toNanos());
        await().until(() -> loops.still().size() == 1);
        assertThat(loops.still()).allSatisfy((name, since) -> {
            assertThat(name).startsWith("fusewire-event-loop-");
            assertThat(since).isEqualTo(Duration.ofSeconds(11));
        });
        released.countDown();
        await().until(() -> loops.still().isEmpty());
    }

    private static void uninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
